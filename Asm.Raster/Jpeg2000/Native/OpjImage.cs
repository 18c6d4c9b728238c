using System.Runtime.InteropServices;

namespace Asm.Raster.Jpeg2000.Native;

/// <summary>opj_image_t: a decoded image. The library allocates and frees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpjImage
{
    public uint X0, Y0, X1, Y1, ComponentCount;
    public int ColorSpace;
    public OpjComponent* Components;
    public byte* IccProfile;
    public uint IccProfileLength;
}
