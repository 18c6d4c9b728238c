using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Clouds;

/// <summary>
/// Reads a scene classification on the grid of a scene: each pixel has the class of the larger pixel that its centre lies in.
/// </summary>
internal sealed class NearestClasses
{
    private const byte MostClass = 11;

    private readonly IRasterSource _source;
    private readonly int[] _columns;
    private readonly double _rowStep, _firstRow;

    /// <summary>Checks that the classification fits.</summary>
    /// <exception cref="AsmException">It does not cover the scene, or its pixels are of another size.</exception>
    public NearestClasses(IRasterSource classification, GeoGrid scene)
    {
        SceneClassification.RequireFits(classification, scene);
        _source = classification;
        GeoGrid own = classification.Info.Grid;
        _columns = [.. Enumerable.Range(0, scene.Width)
            .Select(x => Math.Clamp((int)Math.Floor(own.ToPixel(scene.ToMap(x + 0.5, 0)).Column), 0, own.Width - 1))];
        (_rowStep, _firstRow) = (scene.PixelHeight / own.PixelHeight, own.ToPixel(scene.ToMap(0, 0.5)).Row);
    }

    /// <summary>Reads full-width rows of the scene.</summary>
    /// <exception cref="AsmException">A sample is no class.</exception>
    public void Read(int row, int height, Span<byte> classes)
    {
        GeoGrid own = _source.Info.Grid;
        int first = RowOf(row), last = RowOf(row + height - 1), width = _columns[^1] - _columns[0] + 1;
        var samples = new byte[(last - first + 1) * width];
        _source.Read<byte>(new PixelWindow(_columns[0], first, width, last - first + 1), [0], samples);
        int wrong = samples.AsSpan().IndexOfAnyInRange((byte)(MostClass + 1), byte.MaxValue);
        if (wrong >= 0)
            throw new AsmException(_source.Name,
                $"holds {samples[wrong]} at column {_columns[0] + wrong % width}, row {first + wrong / width}",
                $"classes 0 to {MostClass} of a scene classification", "give the SCL file of the product");
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> from = samples.AsSpan((RowOf(row + y) - first) * width, width);
            Span<byte> to = classes.Slice(y * _columns.Length, _columns.Length);
            for (int x = 0; x < to.Length; x++) to[x] = from[_columns[x] - _columns[0]];
        }

        int RowOf(int y) => Math.Clamp((int)Math.Floor(_firstRow + y * _rowStep), 0, own.Height - 1);
    }
}
