using Asm.Raster.Grids;

namespace Asm.Raster.Windows;

/// <summary>What a raster is: its grid, the type of its samples and its bands.</summary>
public sealed record RasterInfo
{
    /// <summary>The pixels on the ground.</summary>
    public required GeoGrid Grid { get; init; }

    /// <summary>The type of the samples of every band.</summary>
    public required SampleType SampleType { get; init; }

    /// <summary>The bands, at least one.</summary>
    public required IReadOnlyList<BandInfo> Bands { get; init; }

    /// <summary>Colours of samples 0, 1, 2, ... of a one-band uint8 raster; empty where there are none.</summary>
    public IReadOnlyList<Rgb> Colors { get; init; } = [];

    /// <summary>Names of samples 0, 1, 2, ... of a class map; empty where there are none.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Free metadata of the whole raster: provenance and the like. Written in ordinal order of the keys.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The positions of the named bands, in the order of the names.</summary>
    /// <exception cref="AsmException">A name is missing; the message lists the names that are there.</exception>
    public int[] BandIndices(IEnumerable<string> names, string rasterName)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(name =>
        {
            for (int i = 0; i < Bands.Count; i++)
                if (string.Equals(Bands[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
            throw new AsmException(
                rasterName, $"has no band named {name}; "
                    + $"its bands are: {string.Join(", ", Bands.Select(b => b.Name.Length == 0 ? "(no name)" : b.Name))}",
                $"a band named {name}", "make the stack with asm prepare, or name the bands in the file");
        })];
    }
}
