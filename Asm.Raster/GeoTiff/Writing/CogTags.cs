using System.Globalization;
using Asm.Raster.GeoTiff.Keys;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>Says what a raster is in TIFF tags.</summary>
internal static class CogTags
{
    private const ushort Deflate = 8, MinIsBlack = 1, Palette = 3, Separate = 2, Unspecified = 0;
    private const uint ReducedResolution = 1;

    private static readonly string Software = $"AsmOnnx {typeof(CogTags).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The directory of one resolution, with all but the places of its tiles.</summary>
    public static TiffDirectoryBuilder Describe(RasterInfo info, PyramidLevel level,
        bool isOverview, int tileSize, ushort predictor, bool isBig)
    {
        int bands = info.Bands.Count;
        var to = new TiffDirectoryBuilder(isBig);
        if (isOverview) to.Set(TiffTag.NewSubfileType, ReducedResolution);
        to.Set(TiffTag.ImageWidth, (uint)level.Width);
        to.Set(TiffTag.ImageLength, (uint)level.Height);
        to.Set(TiffTag.BitsPerSample, Repeat((ushort)(8 * info.SampleType.ByteCount()), bands));
        to.Set(TiffTag.Compression, Deflate);
        to.Set(TiffTag.PhotometricInterpretation, info.Colors.Count > 0 ? Palette : MinIsBlack);
        to.Set(TiffTag.SamplesPerPixel, (ushort)bands);
        to.Set(TiffTag.PlanarConfiguration, Separate);
        to.Set(TiffTag.Predictor, predictor);
        to.Set(TiffTag.TileWidth, (uint)tileSize);
        to.Set(TiffTag.TileLength, (uint)tileSize);
        to.Set(TiffTag.SampleFormat, Repeat(SampleFormat(info.SampleType), bands));
        if (bands > 1) to.Set(TiffTag.ExtraSamples, Repeat(Unspecified, bands - 1));
        if (info.Colors.Count > 0) to.Set(TiffTag.ColorMap, ColorMap(info.Colors));
        if (info.Bands[0].NoData is { } noData)
            to.Set(TiffTag.GdalNoData, double.IsNaN(noData) ? "nan" : noData.ToString("R", CultureInfo.InvariantCulture));
        if (isOverview) return to;

        to.Set(TiffTag.Software, Software);
        SetGrid(to, info.Grid);
        if (GdalXml.Metadata(info) is { } xml) to.Set(TiffTag.GdalMetadata, xml);
        return to;
    }

    private static void SetGrid(TiffDirectoryBuilder to, GeoGrid grid)
    {
        to.Set(TiffTag.ModelPixelScale, grid.PixelWidth, grid.PixelHeight, 0);
        to.Set(TiffTag.ModelTiepoint, 0, 0, 0, grid.Origin.X, grid.Origin.Y, 0);
        if (grid.Crs is null) return;
        (ushort[] directory, double[] doubles, string ascii) = GeoKeyDirectory.WriteCrs(grid.Crs);
        if (directory.Length > 0) to.Set(TiffTag.GeoKeyDirectory, directory);
        if (doubles.Length > 0) to.Set(TiffTag.GeoDoubleParams, doubles);
        if (ascii.Length > 0) to.Set(TiffTag.GeoAsciiParams, ascii);
    }

    private static ushort SampleFormat(SampleType type) => type switch
    {
        SampleType.UInt8 or SampleType.UInt16 or SampleType.UInt32 => 1,
        SampleType.Int16 or SampleType.Int32 => 2,
        _ => 3,
    };

    /// <summary>All reds, all greens, all blues of 256 colours; TIFF's channels have 16 bits, and 255 x 257 = 65,535.</summary>
    private static ushort[] ColorMap(IReadOnlyList<Rgb> colors)
    {
        var map = new ushort[3 * 256];
        for (int i = 0; i < colors.Count; i++)
            (map[i], map[256 + i], map[512 + i]) =
                ((ushort)(colors[i].Red * 257), (ushort)(colors[i].Green * 257), (ushort)(colors[i].Blue * 257));
        return map;
    }

    private static ushort[] Repeat(ushort value, int count) => [.. Enumerable.Repeat(value, count)];
}
