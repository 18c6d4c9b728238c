using System.Globalization;
using Asm.Raster.Grids;
using Asm.Tests.Support;
using Asm.Tests.Training.Datasets;
using Asm.Tests.Training.Datasets.Adapters;
using Asm.Training.Datasets;

namespace Asm.Tests.Fixes;

/// <summary>What trials of asm-train have in common: stacks of 32 x 32 pixels, their labels, and data sets and runs as small as can be.</summary>
public abstract class TrainingTrial : FixTrial
{
    /// <summary>A run of one step.</summary>
    protected const string Tiny = "network: {width: 2, depth: 1}\nepochs: 1\nbatch: 1\n";

    /// <summary>One simulated patch for a run.</summary>
    protected const string Simulated = "data: {patch_pixels: 16, patches: 1, validation_patches: 1, statistics_patches: 1}\n";

    protected const int Side = 32;

    /// <summary>Writes a ten-band stack.</summary>
    private protected void Stack(string name, GeoGrid? grid = null) => Stacks.Write(PathOf(name), Side, Side, grid);

    /// <summary>Writes labels on the stack's grid: these values, one after the other, over and over.</summary>
    protected void Labels(string name, params byte[] values) => Labels(name, [], values);

    /// <summary>Writes labels with names of their values.</summary>
    protected void Labels(string name, string[] classNames, params byte[] values) =>
        SceneBuild.WriteRaster(PathOf(name), Stacks.Grid(Side, Side), [.. Enumerable.Range(0, Side * Side).Select(i => values[i % values.Length])], 0, classNames);

    /// <summary>Writes polygons that share the stack's ground out from west to east, one for each class.</summary>
    protected void Polygons(string name, params string[] classes)
    {
        double width = 10.0 * Side / classes.Length;
        string Feature(string one, int i) => string.Create(CultureInfo.InvariantCulture, $$$"""
            {"type":"Feature","properties":{"class":"{{{one}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{West(i)}}},699700],[{{{West(i + 1)}}},699700],[{{{West(i + 1)}}},700020],[{{{West(i)}}},700020],[{{{West(i)}}},699700]]]}}
            """);
        double West(int i) => 600_000 + i * width;
        File.WriteAllText(PathOf(name), $$$"""
            {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32630"}},"features":[{{{string.Join(',', classes.Select(Feature))}}}]}
            """);
    }

    /// <summary>The line that makes a data set of s.tif and l.tif.</summary>
    protected static string[] Dataset(string output, params string[] more) => DatasetOf(output, "s.tif", "l.tif", more);

    /// <summary>The line that makes a data set of a stack and labels, whatever the stack looks like: most are random numbers.</summary>
    protected static string[] DatasetOf(string output, string stack, string labels, params string[] more) =>
        ["dataset", stack, "--labels", labels, "--patches", "2", "--no-preflight", "-o", output, .. more.Contains("--patch") ? Array.Empty<string>() : ["--patch", "16"], .. more];

    /// <summary>Makes a data set of one band and pixels of all classes, with patches of 16 pixels for training and validation.</summary>
    protected void SmallDataset(string name, params string[] bands)
    {
        string[] named = bands.Length > 0 ? bands : ["B02"];
        GeoGrid one = SmallScenes.Grid(16, 16), other = SmallScenes.Grid(16, 16, 700_000);
        using var writer = new DatasetWriter(PathOf(name), named, SmallScenes.Classes, overwrite: false);
        foreach ((string scene, GeoGrid grid) in new[] { ("a", one), ("b", other) })
        {
            byte[] codes = [.. Enumerable.Range(0, 256).Select(i => (byte)(i % 3 + 1))];
            ushort[] samples = [.. codes.Select(c => (ushort)(500 * c))];
            writer.Add(scene, $"{scene}.tif", Named(SmallScenes.Stack(grid, [.. named.Select(_ => samples)]), named), SmallScenes.Labels(grid, codes), points: false, new());
        }

        writer.Complete(new DatasetOptions { Description = name, PatchPixels = 16, Patches = 2, BlockMetres = null, Given = new Dictionary<string, Split> { ["b"] = Split.Validation } }, new());
    }

    /// <summary>Writes run.yaml and gives the line that runs it.</summary>
    protected string[] Fit(string yaml, params string[] options)
    {
        File.WriteAllText(PathOf("run.yaml"), yaml);
        return ["fit", "run.yaml", "--threads", "1", .. options];
    }

    private static Asm.Raster.Windows.MemoryRaster<ushort> Named(Asm.Raster.Windows.MemoryRaster<ushort> stack, string[] bands) =>
        new(stack.Info with { Bands = [.. stack.Info.Bands.Zip(bands, (band, name) => band with { Name = name })] }, stack.Samples, stack.Name);
}
