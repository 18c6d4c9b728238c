using System.Numerics;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Maps.Bands;

/// <summary>A raster whose bands have other names than in its file. Disposes the raster with itself.</summary>
internal sealed class NamedBands : IRasterSource
{
    private readonly IRasterSource _source;

    private NamedBands(IRasterSource source, IReadOnlyList<string> names)
    {
        _source = source;
        Info = source.Info with { Bands = [.. source.Info.Bands.Zip(names, (band, name) => band with { Name = name })] };
    }

    public string Name => _source.Name;

    public RasterInfo Info { get; }

    public long BufferBytes => _source.BufferBytes;

    /// <summary>The raster with the names that a person gives its bands.</summary>
    /// <exception cref="AsmException">It has another number of bands.</exception>
    public static IRasterSource Given(IRasterSource source, IReadOnlyList<string> names) =>
        source.Info.Bands.Count == names.Count
            ? new NamedBands(source, names)
            : throw new SettingException("bands",
                $"names {names.Count} bands, but {source.Name} has {source.Info.Bands.Count}: "
                + BandMatch.Text([.. source.Info.Bands.Select(band => band.Name)]),
                "a name for every band of the file in its order", $"give '{BandList.Unwanted}' for those that are not wanted");

    /// <summary>The raster with wanted bands under the names by which they are asked for; itself where it has them already.</summary>
    /// <param name="source">The raster.</param>
    /// <param name="wanted">The bands.</param>
    /// <param name="fix">What to do where they are not found; null: name them with asm prepare.</param>
    /// <exception cref="AsmException">See <see cref="BandMatch.Find"/>.</exception>
    public static IRasterSource Of(IRasterSource source, IReadOnlyList<string> wanted, string? fix = null)
    {
        int[] positions = BandMatch.Find(source.Info, wanted, source.Name, fix: fix);
        string[] names = [.. source.Info.Bands.Select(band => band.Name)];
        for (int i = 0; i < wanted.Count; i++) names[positions[i]] = wanted[i];
        return names.SequenceEqual(source.Info.Bands.Select(band => band.Name)) ? source : new NamedBands(source, names);
    }

    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> =>
        _source.Read(window, bands, destination);

    public void ReadMask(PixelWindow window, Span<byte> valid) => _source.ReadMask(window, valid);

    public void Dispose() => _source.Dispose();
}
