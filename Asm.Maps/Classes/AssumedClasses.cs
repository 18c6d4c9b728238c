using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>
/// The codes of a map that names no classes, for stages that pick a class by its name: a code that is none of the assumed classes is
/// refused. Else the change map of another program, whose 31 is what the user looks for, would be taken for a class map without mines.
/// </summary>
internal sealed class AssumedClasses : IRasterSource
{
    private readonly ClassMap _map;
    private readonly SearchValues<byte> _known;

    private AssumedClasses(ClassMap map) => (_map, _known) = (map, SearchValues.Create([0, .. map.Classes.Select(c => (byte)c.Code)]));

    /// <inheritdoc/>
    public string Name => _map.Source.Name;

    /// <inheritdoc/>
    public RasterInfo Info => _map.Source.Info;

    /// <inheritdoc/>
    public long BufferBytes => _map.Source.BufferBytes;

    /// <summary>The map's raster, checked where its classes are only assumed.</summary>
    public static IRasterSource Check(ClassMap map) => map.NamesClasses ? map.Source : new AssumedClasses(map);

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (typeof(T) != typeof(byte)) throw new NotSupportedException("codes are read as bytes");
        _map.Source.Read(window, bands, destination);
        ReadOnlySpan<byte> codes = MemoryMarshal.AsBytes(destination)[..checked((int)window.PixelCount * bands.Length)];
        int bad = codes.IndexOfAnyExcept(_known);
        if (bad < 0) return;
        (int row, int column) = Math.DivRem(bad % (int)window.PixelCount, window.Width);
        string names = JsonList(_map.Classes);
        throw new AsmException(Name,
            string.Create(CultureInfo.InvariantCulture,
                $"names no classes, and the pixel in column {window.Column + column}, row {window.Row + row} has code {codes[bad]}"),
            $"0 no data, {MapClasses.List(_map.Classes)}, which are assumed",
            $"if this code means no data, say so: gdal_translate -a_nodata {codes[bad]} IN OUT; else "
            + "name the classes in the .aux.xml beside it (CategoryNames); for a change map of another program "
            + $"(10 x before + after) say so with: gdal_edit.py -mo '{ClassMap.ChangeClassesKey}={names}' {CommandText.Quote(Name)}");
    }

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid) => _map.Source.ReadMask(window, valid);

    /// <summary>Does nothing: the raster underneath is its owner's.</summary>
    public void Dispose() { }

    private static string JsonList(IReadOnlyList<MapClass> classes) => $"[{string.Join(',', classes.Select(c => $"\"{c.Name}\""))}]";
}
