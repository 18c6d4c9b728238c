namespace Asm.Hardening.Campaigns;

/// <summary>A verb with sound small files, of which one is damaged at a time.</summary>
/// <param name="Name">The folder of its seeds in the corpus; each seed is a folder of files.</param>
/// <param name="Arguments">
/// The command line, "asm" or "asm-train" first; it runs in a copy of the seed. What it writes has a name that begins with "out".
/// </param>
/// <param name="Damaged">The files that are damaged, as patterns.</param>
internal sealed record Target(string Name, string[] Arguments, params string[] Damaged)
{
    /// <summary>Every target. Names of seed files begin with "seed-", so that a message can be seen to name one.</summary>
    public static readonly Target[] All =
    [
        new("stack", ["asm", "predict", "seed-stack.tif", "--model", "seed-model.onnx", "-o", "out", "--no-preflight"], "*.tif", "*.msk"),
        new("map", ["asm", "zones", "seed-map.tif", "--zones", "seed-zones.geojson", "-o", "out.csv"], "*.tif", "*.xml"),
        new("probabilities", ["asm", "ensemble", "seed-a.tif", "seed-b.tif", "-o", "out"], "*.tif"),
        new("bands", ["asm", "prepare", "seed-bands", "--offset", "0", "-o", "out.tif", "--no-preflight"], "*.jp2"),
        new("product", ["asm", "prepare", "seed-product.SAFE", "-o", "out.tif", "--no-preflight"], "*.xml", "*.safe", "*.tif"),
        new("product-zip", ["asm", "prepare", "seed-product.zip", "-o", "out.tif", "--no-preflight"], "*.zip"),
        new("stac", ["asm", "prepare", "seed-item", "-o", "out.tif", "--no-preflight"], "*.json", "*.xml"),
        new("geopackage", ["asm", "zones", "seed-map.tif", "--zones", "seed-zones.gpkg", "-o", "out.csv"], "*.gpkg"),
        new("geojson", ["asm", "zones", "seed-map.tif", "--zones", "seed-zones.geojson", "-o", "out.csv"], "*.geojson"),
        new("shapefile", ["asm", "zones", "seed-map.tif", "--zones", "seed-zones.shp", "-o", "out.csv"], "seed-zones.*"),
        new("points-csv", ["asm", "assess", "--map", "seed-map.tif", "--points", "seed-points.csv", "--json", "out.json"], "*.csv"),
        new("points-kml", ["asm", "assess", "--map", "seed-map.tif", "--points", "seed-points.kml", "--json", "out.json"], "*.kml"),
        new("model", ["asm", "predict", "seed-stack.tif", "--model", "seed-model.onnx", "-o", "out", "--no-preflight"], "*.onnx"),
        new("project", ["asm", "run", "seed-project.yaml", "--dry-run"], "*.yaml"),
        new("results", ["asm", "verify", "seed-results"], "state.json", "journal*", "run.json"),
        new("training", ["asm-train", "fit", "seed-training.yaml", "--show-config"], "*.yaml"),
        new("checkpoint", ["asm-train", "export", "seed-weights.checkpoint", "-o", "out-model.onnx"], "*.checkpoint"),
    ];

    /// <summary>Where the seeds lie.</summary>
    public static string Corpus { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>The folders of this target's seeds.</summary>
    public string[] Seeds => [.. Directory.GetDirectories(Path.Combine(Corpus, Name)).Order(StringComparer.Ordinal)];
}
