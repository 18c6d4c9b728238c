using Asm.Raster;
using Asm.Raster.Running;
using Microsoft.Win32.SafeHandles;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// A file without a name in the system's temporary folder: nobody else can open it, and the system removes it when it is closed, also
/// where the program is killed.
/// </summary>
internal static class TemporaryFile
{
    /// <summary>Makes a file.</summary>
    /// <exception cref="AsmException">The temporary folder cannot be written.</exception>
    public static SafeFileHandle Create()
    {
        string path = Path.Combine(Path.GetTempPath(), $"asm-{Guid.NewGuid():N}.tmp");
        try
        {
            // Windows removes it at the close; elsewhere the name can go at once, and the bytes stay until the close.
            SafeFileHandle handle = AsideFile.NewFile(path, share: FileShare.None,
                options: OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None).SafeFileHandle;
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            Leftovers.Remove(path);
            return handle;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Full(e);
        }
    }

    /// <summary>The error where the temporary folder cannot be written.</summary>
    public static AsmException Full(Exception cause) => new(Path.GetTempPath(), $"cannot be written: {cause.Message}",
        "room for the ten bands of a zipped product, about 700 MB",
        $"free space there, set {(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR")} to a folder with room, or unpack the product yourself");
}
