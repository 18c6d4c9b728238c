using System.Runtime.InteropServices;
using Asm.Raster;
using TorchSharp;

namespace Asm.Training.Native;

/// <summary>Loads libtorch and the native half of TorchSharp. <see cref="Load"/> must run before any type of TorchSharp is used.</summary>
/// <remarks>
/// TorchSharp 0.107 is linked against GLIBCXX_3.4.32 (GCC 13), though it uses no symbol of that version; Debian 12 has 3.4.30. Its error
/// then says wrongly that libtorch is missing. Where the library does not load as it is, a private copy is loaded in which that one version
/// is marked weak. TorchSharp then finds the copy by the library's own name (SONAME).
/// </remarks>
internal static partial class TorchLibrary
{
    private const string NativeName = "libLibTorchSharp.so";
    private const string NewestVersionAskedFor = "GLIBCXX_3.4.32";
    private static readonly Lazy<bool> Loaded = new(LoadOnce);

    /// <summary>Loads the native libraries; the second call does nothing.</summary>
    /// <exception cref="AsmException">They cannot be loaded on this machine.</exception>
    public static void Load() => _ = Loaded.Value;

    private static bool LoadOnce()
    {
        if (OperatingSystem.IsLinux()) LoadOnLinux();
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return true;
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw Failure(e);
        }
    }

    private static void LoadOnLinux()
    {
        // libtorch's threads spin while they wait for each other. On a machine that does other work as well, that made a step ten times as
        // long. What the user has set stays. .NET's own environment does not reach native libraries.
        _ = SetNativeEnvironment("OMP_WAIT_POLICY", "passive", overwrite: 0);

        // The copy lies in another folder than libtorch, so its dependencies must be in the process before it is.
        foreach (string name in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            if (Find(name) is { } dependency && !NativeLibrary.TryLoad(dependency, out _)) throw Failure(null);
        if (Find(NativeName) is not { } path || NativeLibrary.TryLoad(path, out _)) return;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("asm-train-");
        try
        {
            byte[] library = File.ReadAllBytes(path);
            if (ElfVersionNeeds.MakeWeak(library, NewestVersionAskedFor) == 0) return;
            string copy = Path.Combine(folder.FullName, NativeName);
            File.WriteAllBytes(copy, library);
            NativeLibrary.Load(copy);
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
        finally
        {
            // A loaded library stays mapped when its file goes.
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The file of a native library that comes with the program; null where there is none.</summary>
    internal static string? Find(string name)
    {
        string? searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string;
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return (searched ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{architecture}", "native"))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNativeEnvironment(string name, string value, int overwrite);

    private static AsmException Failure(Exception? inner)
    {
        string message = "libtorch: the native libraries of TorchSharp cannot be loaded"
            + (inner is null ? "" : $" ({inner.GetBaseException().Message.Split('\n')[0]})")
            + "\n  expected: a 64-bit "
            + $"{(OperatingSystem.IsLinux() ? "Linux with glibc 2.28 or newer and libstdc++ of GCC 12 or newer" : "Windows or macOS")}, "
            + "and the files of the build's output folder kept together"
            + "\n  fix: install the system's C++ runtime (Debian: libstdc++6, Windows: the Visual C++ redistributable), "
            + "or build again for this machine";
        return inner is null ? new AsmException(message) : new AsmException(message, inner);
    }
}
