using System.Text.Json;
using Asm.Projects.Documents;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Tests.Support;

/// <summary>A small project on disk: two tiles, two seasons, two dates of random reflectance, a small network, one zone.</summary>
internal sealed class RunProject : IDisposable
{
    private readonly TempFolder _folder = new();

    public RunProject()
    {
        Network.UNet(depth: 2, width: 4).Save(_folder.File("model.onnx"), window: 64);
        for (int season = 0; season < 2; season++)
            for (int tile = 0; tile < 2; tile++)
                for (int date = 0; date < 2; date++) WriteScene(season, tile, date, seed: 100 * season + 10 * tile + date);
        File.WriteAllText(_folder.File("zones.geojson"), """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"north"},
            "geometry":{"type":"Polygon","coordinates":[[[-2.0980,6.3315],[-2.0900,6.3315],[-2.0900,6.3290],[-2.0980,6.3290],[-2.0980,6.3315]]]}}]}
            """);
    }

    public string this[string name] => _folder.File(name);

    public string Results => _folder.File("out");

    /// <summary>The project's text, with lines added.</summary>
    public static string Text(string more = "") => $$"""
        title: Test
        output: out
        model: model.onnx
        seasons:
          - name: a
            tiles:
              west: scenes/a-0-*.tif
              east: [scenes/a-1-0.tif, scenes/a-1-1.tif]
          - name: b
            tiles: {west: scenes/b-0-*.tif, east: scenes/b-1-*.tif}
        prediction: {preflight: off, overlap: 16}
        zones: {file: zones.geojson, id: name}
        heatmap: {cell: 50, bandwidth: 100}
        {{more}}
        """;

    /// <summary>Writes the project file.</summary>
    public string Write(string text)
    {
        File.WriteAllText(_folder.File("project.yaml"), text);
        return _folder.File("project.yaml");
    }

    public void WriteScene(int season, int tile, int date, int seed, int width = 96)
    {
        var grid = new GeoGrid(width, 80, new(600_000 + 800 * tile, 700_020), 10, 10, Crs.Utm(30, north: true));
        var random = new Random(seed);
        var samples = new ushort[10 * width * 80];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)random.Next(200, 2500);
        using var raster = new MemoryRaster<ushort>(grid, [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples);
        Directory.CreateDirectory(_folder.File("scenes"));
        string path = _folder.File($"scenes/{"ab"[season]}-{tile}-{date}.tif");
        File.Delete(path);
        raster.Save(path);
    }

    /// <summary>Runs the project in this process.</summary>
    public ProjectResult Run(string more = "", RunOptions? options = null) =>
        ProjectRun.Run(ProjectRun.Plan(ProjectReader.Read(Write(Text(more))), "none.onnx", options), options);

    /// <summary>The steps that the journal tells as finished since its line <paramref name="from"/>.</summary>
    public string[] Finished(int from = 0) =>
        [.. Journal().Skip(from).Where(e => e.GetProperty("event").GetString() == "finished").Select(e => e.GetProperty("step").GetString()!)];

    public IReadOnlyList<JsonElement> Journal() => [.. File.ReadLines(Path.Combine(Results, "journal.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("entry"))];

    /// <summary>All that the run made, but for what tells of time: its path and its bytes.</summary>
    public SortedDictionary<string, string> Products() => new(
        Directory.EnumerateFiles(Results, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Results, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith(".asm/", StringComparison.Ordinal) && f is not ("run.log" or "journal.jsonl"))
            .ToDictionary(f => f, f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Results, f))))), StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();
}
