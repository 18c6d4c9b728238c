using Asm.Raster.Windows;
using Asm.Raster.Files;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Vectors;

namespace Asm.Analysis.Zones;

/// <summary>Measures zones on map files and writes the table: what the verb <c>asm zones</c> does.</summary>
public sealed record ZoneFiles
{
    /// <summary>Memory for blocks that reach from one strip into the next, of all maps together.</summary>
    private const long CacheBytes = 64L << 20;

    /// <summary>Class maps and change maps, GeoTIFF.</summary>
    public required IReadOnlyList<string> Maps { get; init; }

    /// <summary>The vector file of the zones: see <see cref="VectorFile.Read"/>.</summary>
    public required string Zones { get; init; }

    /// <summary>The layer of the zones; null takes the file's only one.</summary>
    public string? Layer { get; init; }

    /// <summary>The table to write: see <see cref="ZoneTableFile"/>.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Replace an output that exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Names, rings and rule.</summary>
    public ZoneOptions Options { get; init; } = new();

    /// <summary>Measures and writes. A map is called by its file's name without ".tif" and ".classes", or by its path where that names two.</summary>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">An input cannot be used, or the output cannot be written; nothing is left behind.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public ZoneTable Run(RunOptions? run = null)
    {
        run ??= new RunOptions();
        ZoneTableFile.Require(OutputPath, Overwrite);
        if (Maps.Append(Zones).Any(input => Path.GetFullPath(input) == Path.GetFullPath(OutputPath)))
            throw new AsmException(OutputPath, "is one of the inputs", "an output of its own", "give another path with -o");
        VectorLayer zones = VectorFile.Read(Zones, Layer);
        var sources = new List<IRasterSource>();
        try
        {
            foreach (string path in Maps) sources.Add(run.Open(path, CacheBytes / Maps.Count));
            string[] names = Names();
            ZoneTable table = ZonalAreas.Run([.. sources.Select((source, i) => new ZoneMap(names[i], ClassMap.Of(source)))], zones, Options, run);
            ZoneTableFile.Write(OutputPath, table, Overwrite);
            return table;
        }
        finally
        {
            foreach (IRasterSource source in sources) source.Dispose();
        }
    }

    private string[] Names()
    {
        string[] names = [.. Maps.Select(NameOf)];
        return [.. names.Select((name, i) => names.Count(other => other == name) > 1 ? Maps[i] : name)];
    }

    /// <summary>What a table calls the map of a file whose name no other map has.</summary>
    internal static string NameOf(string path)
    {
        const string Classes = ".classes";
        string name = Path.GetFileNameWithoutExtension(path);
        return name.EndsWith(Classes, StringComparison.OrdinalIgnoreCase) && name.Length > Classes.Length ? name[..^Classes.Length] : name;
    }
}
