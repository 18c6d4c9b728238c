using System.Globalization;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>Puts files of many tiles together into a Cloud Optimized GeoTIFF with provenance: what the verb `asm mosaic` does.</summary>
/// <remarks>
/// A file of one band is a class map; for <see cref="MosaicRule.MaxProbability"/> its confidence lies beside it: NAME.confidence.tif of NAME.classes.tif or
/// NAME.tif. A file of several bands is a probability map.
/// </remarks>
public sealed record MosaicFiles
{
    /// <summary>Files that stay open: more than meet a strip of a country, far fewer than a system allows.</summary>
    private const int MostOpen = 12;

    /// <summary>The file to write.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Which tile decides where several have data.</summary>
    public MosaicRule Rule { get; init; } = MosaicRule.MaxClass;

    /// <summary>What is known of the grid.</summary>
    public MosaicGrid Grid { get; init; } = new();

    /// <summary>The sample that means probability 1 in probability maps of integers that state no scale; null: such maps are refused.</summary>
    public double? FullScale { get; init; }

    /// <summary>Ground that is left out: no data in the outputs.</summary>
    public IReadOnlyList<PolygonMask> Masks { get; init; } = [];

    /// <summary>Replace an output that exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Puts the tiles together.</summary>
    /// <param name="inputs">The maps.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    /// <param name="announce">Is told the grid before the work starts; may be null.</param>
    /// <exception cref="AsmException">Tiles and rule do not fit, the output exists or cannot be written, or the memory limit is too low.</exception>
    public MosaicSummary Run(IReadOnlyList<string> inputs, RunOptions run, Action<GeoGrid>? announce = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(run);
        string name = Path.GetFileName(OutputPath);
        if (name.Length == 0) throw new AsmException(OutputPath, "is a folder", "the path of a file", "give a name in that folder with -o, such as mosaic.tif");

        // A quarter of the memory is for decoded tiles that the next strip needs again.
        long cacheBytes = run.MaxMemoryBytes / 4 / MostOpen;
        using var pool = new FilePool(MostOpen, run, cacheBytes);
        var files = new List<string>();
        MosaicTile[] tiles = [.. inputs.Select(input => Open(pool, input, files))];
        IReadOnlyList<MapClass> classes = Mosaic.RequireFit(tiles, Rule);
        GeoGrid grid = Grid.Over([.. tiles.Select(t => (t.Map.Name, t.Map.Info.Grid))]);
        announce?.Invoke(grid);
        RasterInfo info = MapProducts.Classes(grid, MapClasses.WithoutGaps(classes), Metadata(files, grid, run));
        using var outputs = new OutputSet(Path.GetDirectoryName(OutputPath) ?? "", files, Overwrite, run);
        return Mosaic.Run(tiles, outputs.Raster(name, info, OverviewMode.Mode), Rule, run with { MaxMemoryBytes = run.MaxMemoryBytes - run.MaxMemoryBytes / 4 });
    }

    /// <summary>Where the confidence of a class map is looked for.</summary>
    public static string ConfidencePathOf(string classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        string stem = Path.ChangeExtension(classMap, null);
        return (stem.EndsWith(".classes", StringComparison.OrdinalIgnoreCase) ? stem[..^".classes".Length] : stem) + ".confidence.tif";
    }

    private MosaicTile Open(FilePool pool, string input, List<string> files)
    {
        IRasterSource map = MaskedSource.Wrap(pool.Add(input), Masks);
        files.Add(input);
        if (map.Info.Bands.Count > 1) return MosaicTile.Of(ProbabilityMap.Of(map, FullScale));
        string confidence = ConfidencePathOf(input);
        if (Rule != MosaicRule.MaxProbability || !File.Exists(confidence)) return MosaicTile.Of(ClassMap.Of(map));
        files.Add(confidence);
        return MosaicTile.Of(ClassMap.Of(map), pool.Add(confidence));
    }

    private IReadOnlyDictionary<string, string> Metadata(IReadOnlyList<string> inputs, GeoGrid grid, RunOptions run)
    {
        var options = new Dictionary<string, string>
        {
            ["rule"] = Rule switch { MosaicRule.MaxClass => "max-class", MosaicRule.MaxProbability => "max-probability", _ => "first" },
            ["crs"] = $"{grid.Crs}",
            ["resolution"] = grid.PixelWidth.ToString("R", CultureInfo.InvariantCulture),
        };
        if (FullScale is { } one) options["full-scale"] = one.ToString("R", CultureInfo.InvariantCulture);
        return new Provenance { Stage = "mosaic", Inputs = FileHash.Identify([.. inputs, .. MaskProvenance.Files(Masks)], run), Options = MaskProvenance.Describe(Masks, options) }.ToMetadata();
    }
}
