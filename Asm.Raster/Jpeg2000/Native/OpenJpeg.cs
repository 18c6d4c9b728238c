using System.Reflection;
using System.Runtime.InteropServices;

namespace Asm.Raster.Jpeg2000.Native;

/// <summary>The functions of the system's OpenJPEG library, version 2.2 or later, that decoding needs. Loaded at first use.</summary>
/// <remarks>Function pointers in place of delegates: nothing has to be kept alive for the library's sake.</remarks>
internal sealed unsafe class OpenJpeg
{
    /// <summary>OPJ_CODEC_J2K: a codestream without boxes around it.</summary>
    public const int Codestream = 0;

    /// <summary>
    /// Above sizeof(opj_dparameters_t), 8,252 bytes in version 2.5; the library fills it and reads it, nothing here does.
    /// </summary>
    public const int ParameterBytes = 16_384;

    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["openjp2.dll", "libopenjp2-7.dll", "libopenjp2.dll"]
        : OperatingSystem.IsMacOS() ? ["libopenjp2.7.dylib", "libopenjp2.dylib", "/opt/homebrew/lib/libopenjp2.7.dylib",
            "/usr/local/lib/libopenjp2.7.dylib", "/opt/local/lib/libopenjp2.7.dylib"]
        : ["libopenjp2.so.7", "libopenjp2.so"];

    private static readonly Lazy<OpenJpeg?> Loaded = new(Load);

    private OpenJpeg(nint library)
    {
        nint At(string name) => NativeLibrary.GetExport(library, name);
        VersionText = (delegate* unmanaged[Cdecl]<byte*>)At("opj_version");
        CreateDecompress = (delegate* unmanaged[Cdecl]<int, nint>)At("opj_create_decompress");
        DestroyCodec = (delegate* unmanaged[Cdecl]<nint, void>)At("opj_destroy_codec");
        SetDefaultParameters = (delegate* unmanaged[Cdecl]<byte*, void>)At("opj_set_default_decoder_parameters");
        SetupDecoder = (delegate* unmanaged[Cdecl]<nint, byte*, int>)At("opj_setup_decoder");
        SetErrorHandler =
            (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nint, void>, nint, int>)At("opj_set_error_handler");
        ReadHeader = (delegate* unmanaged[Cdecl]<nint, nint, OpjImage**, int>)At("opj_read_header");
        SetDecodeArea = (delegate* unmanaged[Cdecl]<nint, OpjImage*, int, int, int, int, int>)At("opj_set_decode_area");
        Decode = (delegate* unmanaged[Cdecl]<nint, nint, OpjImage*, int>)At("opj_decode");
        DestroyImage = (delegate* unmanaged[Cdecl]<OpjImage*, void>)At("opj_image_destroy");
        CreateStream = (delegate* unmanaged[Cdecl]<nuint, int, nint>)At("opj_stream_create");
        DestroyStream = (delegate* unmanaged[Cdecl]<nint, void>)At("opj_stream_destroy");
        SetRead = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nuint, MemoryStreamState*, nuint>, void>)At(
            "opj_stream_set_read_function");
        SetSkip = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<long, MemoryStreamState*, long>, void>)At(
            "opj_stream_set_skip_function");
        SetSeek = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<long, MemoryStreamState*, int>, void>)At(
            "opj_stream_set_seek_function");
        SetUserData = (delegate* unmanaged[Cdecl]<nint, MemoryStreamState*, nint, void>)At("opj_stream_set_user_data");
        SetUserDataLength = (delegate* unmanaged[Cdecl]<nint, ulong, void>)At("opj_stream_set_user_data_length");
        // Since 2.5; before, a cut codestream is found by the lengths that Codestream checks.
        if (NativeLibrary.TryGetExport(library, "opj_decoder_set_strict_mode", out nint strict))
            SetStrictMode = (delegate* unmanaged[Cdecl]<nint, int, int>)strict;
    }

    public readonly delegate* unmanaged[Cdecl]<byte*> VersionText;
    public readonly delegate* unmanaged[Cdecl]<int, nint> CreateDecompress;
    public readonly delegate* unmanaged[Cdecl]<nint, void> DestroyCodec;
    public readonly delegate* unmanaged[Cdecl]<byte*, void> SetDefaultParameters;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, int> SetupDecoder;
    public readonly delegate* unmanaged[Cdecl]<nint, int, int> SetStrictMode;
    public readonly delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nint, void>, nint, int> SetErrorHandler;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, OpjImage**, int> ReadHeader;
    public readonly delegate* unmanaged[Cdecl]<nint, OpjImage*, int, int, int, int, int> SetDecodeArea;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, OpjImage*, int> Decode;
    public readonly delegate* unmanaged[Cdecl]<OpjImage*, void> DestroyImage;
    public readonly delegate* unmanaged[Cdecl]<nuint, int, nint> CreateStream;
    public readonly delegate* unmanaged[Cdecl]<nint, void> DestroyStream;
    public readonly delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nuint, MemoryStreamState*, nuint>, void> SetRead;
    public readonly delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<long, MemoryStreamState*, long>, void> SetSkip;
    public readonly delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<long, MemoryStreamState*, int>, void> SetSeek;
    public readonly delegate* unmanaged[Cdecl]<nint, MemoryStreamState*, nint, void> SetUserData;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong, void> SetUserDataLength;

    /// <summary>The library, or null where it is not installed.</summary>
    public static OpenJpeg? Find() => Loaded.Value;

    /// <summary>The library.</summary>
    /// <param name="path">The file that needs it.</param>
    /// <exception cref="AsmException">It is not installed; the message says how to get it.</exception>
    public static OpenJpeg Require(string path) => Find() ?? throw new AsmException(path,
        $"is a JPEG 2000 file, and the library OpenJPEG that decodes them was not found (looked for {string.Join(", ", FileNames)})",
        "OpenJPEG 2.2 or later on this machine",
        OperatingSystem.IsWindows() ? "get openjp2.dll (openjpeg-...-windows-x64.zip from https://github.com/uclouvain/openjpeg/releases, "
            + "folder bin) and put it beside asm.exe"
        : OperatingSystem.IsMacOS() ? "install it: brew install openjpeg"
        : "install it: apt-get install libopenjp2-7 (Debian, Ubuntu), dnf install openjpeg2 (Fedora, RHEL), apk add openjpeg (Alpine)",
        AsmErrorCode.Machine);

    /// <summary>The version, such as "2.5.0".</summary>
    public string Version => Marshal.PtrToStringUTF8((nint)VersionText()) ?? "unknown";

    private static OpenJpeg? Load()
    {
        foreach (string name in FileNames)
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(),
                DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories, out nint library))
                return new OpenJpeg(library);
        return null;
    }
}
