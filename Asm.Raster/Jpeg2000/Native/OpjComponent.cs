using System.Runtime.InteropServices;

namespace Asm.Raster.Jpeg2000.Native;

/// <summary>opj_image_comp_t: one component of a decoded image.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpjComponent
{
    public uint StepX, StepY, Width, Height, X0, Y0, Precision, BitsPerPixel, IsSigned, ResolutionsDecoded, Factor;

    /// <summary>Width x height samples, row after row.</summary>
    public int* Samples;

    public ushort Alpha;
}
