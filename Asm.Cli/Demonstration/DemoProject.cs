using System.Text;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Sampling;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Cli.Demonstration;

/// <summary>The project file of a demonstration, as a user would write it, and the points of its accuracy.</summary>
/// <param name="directory">The folder of the demonstration.</param>
/// <param name="model">The model; null for the one that comes with the program.</param>
internal sealed class DemoProject(string directory, string? model)
{
    private const int Points = 300;

    /// <summary>The folder of the run.</summary>
    public string Results => System.IO.Path.Combine(directory, "results");

    /// <summary>The project file.</summary>
    public string Path => System.IO.Path.Combine(directory, "project.yaml");

    private string Labels => System.IO.Path.Combine(directory, "labels.csv");

    /// <summary>Writes and reads the project.</summary>
    /// <param name="withAccuracy">Names the labelled points too.</param>
    public Project Write(bool withAccuracy)
    {
        var text = new StringBuilder("# Written by asm demo. Run it again with: asm run project.yaml"
            + "\ntitle: Mining in a simulated place\noutput: results\n");
        if (model is not null) text.Append($"model: {Quote(System.IO.Path.GetFullPath(model))}\n");
        text.Append("seasons:\n");
        foreach (string season in DemoPlace.Seasons)
        {
            text.Append($"  - name: \"{season}\"\n    tiles:\n");
            foreach (string tile in DemoPlace.Tiles) text.Append($"      {tile}: scenes/{season}/{tile}/*.tif\n");
        }
        text.Append("zones:\n  file: districts.gpkg\n  id: name\n");
        if (withAccuracy)
            text.Append($"# Drawn with asm sample; here the simulator says what is there, not a person."
                + $"\naccuracy:\n  points: labels.csv\n  map: \"{DemoPlace.Seasons[^1]}\"\n");
        AsideFile.Write(Path, overwrite: true, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
        return ProjectReader.Read(Path);
    }

    /// <summary>Draws points of the last season's map and labels them with the truth.</summary>
    public void Label(string truthPath, RunOptions run)
    {
        string map = System.IO.Path.Combine(Results, "maps", $"{DemoPlace.Seasons[^1]}.classes.tif");
        var sample = new SampleStage { Map = map, OutputPath = Labels, Options = new SampleOptions { Points = Points }, Overwrite = true };
        if (File.Exists(Labels)) File.Delete(Labels);
        PointTable points = sample.Run(run).Points;
        using IRasterSource truth = run.Open(truthPath);
        using IRasterSource classes = run.Open(map);
        Span<byte> code = stackalloc byte[1];
        var labelled = new List<SamplePoint>();
        foreach (SamplePoint point in points.Points)
        {
            (double column, double row) = truth.Info.Grid.ToPixel(point.Position);
            truth.Read(new PixelWindow((int)column, (int)row, 1, 1), [0], code);
            labelled.Add(point with { Reference = classes.Info.ClassNames[code[0]] });
        }
        PointsFile.Write(Labels, points with { Points = labelled }, overwrite: true);
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
