using Asm.Analysis.Reporting.Run;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Pictures;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Makes the pictures of a page, all in one system.</summary>
internal sealed class PagePictures(PictureStore store, Crs crs, int maxSide, RunOptions run)
{
    private const string Codes = "codes", Values = "values", Color = "color";

    /// <summary>A class or change map.</summary>
    public (PagePicture Picture, GeoGrid Grid) OfCodes(string path)
    {
        using IRasterSource source = Open(path);
        MemoryRaster<byte> codes = Reprojected.In(crs, ReducedRaster.Modes(source, 0, maxSide, run.Cancellation), ResamplingMethod.Nearest);
        GeoGrid grid = codes.Info.Grid;
        return (new(store.AddGray(grid.Width, codes.Samples, filtered: false), Codes, PagePicture.ToExtent(grid.Bounds)), grid);
    }

    /// <summary>
    /// Probabilities of a class, or the confidence where none is given, of one tile or of many on the grid of a map's picture;
    /// null where there are none.
    /// </summary>
    public PagePicture? OfShares(GeoGrid grid, IReadOnlyList<string> paths, ManifestClass? followed)
    {
        int Band(IRasterSource source) => followed is null ? 0 : BandOf(source, followed);
        if (paths.Count == 0) return null;
        if (paths.Count == 1) return Add(ToShares(Means(paths[0], Band)), 0, 1);
        MemoryRaster<float>? all = null;
        foreach (string path in paths)
        {
            using IRasterSource source = Open(path);
            MemoryRaster<float> tile = ToShares(Reprojected.On(grid,
                ReducedRaster.Means(source, [Band(source)], SceneMosaic.SideOf(source.Info.Grid, grid), run.Cancellation),
                ResamplingMethod.Bilinear));
            if (all is null) all = tile;
            else
                for (int i = 0; i < tile.Samples.Length; i++)
                    if (!float.IsFinite(all.Samples[i])) all.Samples[i] = tile.Samples[i];
        }
        return Add(all!, 0, 1);
    }

    /// <summary>A density, from 0 to its highest value.</summary>
    public PagePicture OfDensity(string path)
    {
        MemoryRaster<float> samples = Means(path, _ => 0);
        return Add(samples, 0, samples.Samples.Where(float.IsFinite).DefaultIfEmpty().Max());
    }

    /// <summary>Scenes on the grid of a map's picture; null where there are none.</summary>
    public PagePicture? OfScenes(GeoGrid grid, IReadOnlyList<string> paths) =>
        paths.Count == 0
            ? null
            : new(store.AddColor(grid.Width, SceneMosaic.Draw(grid, paths, run)), Color, PagePicture.ToExtent(grid.Bounds));

    private MemoryRaster<float> Means(string path, Func<IRasterSource, int> band)
    {
        using IRasterSource source = Open(path);
        return Reprojected.In(crs, ReducedRaster.Means(source, [band(source)], maxSide, run.Cancellation), ResamplingMethod.Bilinear);
    }

    private IRasterSource Open(string path) => run.Open(path);

    private static MemoryRaster<float> ToShares(MemoryRaster<float> raster)
    {
        BandInfo band = raster.Info.Bands[0];
        for (int i = 0; i < raster.Samples.Length; i++) raster.Samples[i] = (float)(raster.Samples[i] * band.Scale + band.Offset);
        return raster;
    }

    private PagePicture Add(MemoryRaster<float> samples, double low, double high)
    {
        double scale = high > low ? PagePicture.Steps / (high - low) : 0;
        var steps = new byte[samples.Samples.Length];
        for (int i = 0; i < steps.Length; i++)
            if (float.IsFinite(samples.Samples[i]))
                steps[i] = (byte)(1 + Math.Round(Math.Clamp((samples.Samples[i] - low) * scale, 0, PagePicture.Steps)));
        return new(store.AddGray(samples.Info.Grid.Width, steps, filtered: true),
            Values, PagePicture.ToExtent(samples.Info.Grid.Bounds), low, high);
    }

    /// <summary>The band of a class by its name; a map without names has the classes in order.</summary>
    private static int BandOf(IRasterSource source, ManifestClass followed)
    {
        IReadOnlyList<BandInfo> bands = source.Info.Bands;
        for (int i = 0; i < bands.Count; i++)
            if (string.Equals(bands[i].Name, followed.Name, StringComparison.OrdinalIgnoreCase)) return i;
        return followed.Code <= bands.Count && bands.All(b => b.Name.Length == 0)
            ? followed.Code - 1
            : throw new AsmException(source.Name,
                $"has no band '{followed.Name}'; its bands are: {string.Join(", ", bands.Select(b => b.Name))}",
                "a band for each class", "run the project again");
    }
}
