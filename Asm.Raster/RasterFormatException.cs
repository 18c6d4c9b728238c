namespace Asm.Raster;

/// <summary>A raster file is damaged, or uses a feature of its format that is not supported.</summary>
public sealed class RasterFormatException : AsmException
{
    /// <summary>Creates the error from its parts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="found">What was found in it.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="fix">What the user can do.</param>
    public RasterFormatException(string path, string found, string expected, string fix)
        : base(path, found, expected, fix, AsmErrorCode.InputFormat) { }
}
