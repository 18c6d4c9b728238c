using Asm.Raster.Grids;

namespace Asm.Raster.Vectors.Burning;

/// <summary>A window that runs of pixels are burned into.</summary>
internal ref struct BurnTarget(PixelWindow window, Span<byte> pixels, byte background, byte conflict)
{
    private readonly Span<byte> _pixels = pixels;

    /// <summary>Pixels that polygons of different values claim.</summary>
    public long Conflicts { get; private set; }

    /// <summary>Burns the pixels of a row from one column up to another, which lie in the window.</summary>
    public void Fill(int row, int column, int endColumn, byte value)
    {
        Span<byte> run = _pixels.Slice((row - window.Row) * window.Width + column - window.Column, endColumn - column);
        if (!run.ContainsAnyExcept(background))
        {
            run.Fill(value);
            return;
        }
        foreach (ref byte pixel in run)
        {
            if (pixel == background) pixel = value;
            else if (pixel != value && pixel != conflict)
            {
                pixel = conflict;
                Conflicts++;
            }
        }
    }
}
