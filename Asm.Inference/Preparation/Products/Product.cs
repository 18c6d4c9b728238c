using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation.Products;

/// <summary>A product as it lies on disk: what it says of itself, and where its bands are.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Metadata">What it says; null for band files without any metadata.</param>
/// <param name="BandPaths">The path of every band, in the order of <see cref="StackBands.Names"/>.</param>
/// <param name="MetadataPaths">The files that <paramref name="Metadata"/> come from.</param>
/// <param name="Grids">The grids of the tile, where its metadata tell them.</param>
/// <param name="ClassificationPath">The path of its scene classification; null where it has none.</param>
internal sealed record Product(IProductFiles Files, ProductMetadata? Metadata, IReadOnlyList<string> BandPaths,
    IReadOnlyList<string> MetadataPaths, IReadOnlyList<GeoGrid> Grids, string? ClassificationPath)
{
    /// <summary>What a person has to know before using it.</summary>
    public IReadOnlyList<string> Notices(StackRadiometry radiometry)
    {
        var notices = new List<string>();
        if (Metadata?.Level == ProductLevel.Level1C)
            notices.Add($"{Metadata.Name} is a level 1C product (top of the atmosphere). "
                + "The method expects level 2A (surface reflectance): maps of 1C differ from maps of 2A. "
                + "Get the 2A product of the same tile and date from the Copernicus Data Space, "
                + "or make it of this one with ESA's Sen2Cor (L2A_Process).");
        if (Metadata is { IsOffsetOfBaseline: true } assumed && radiometry.Offset is null)
            notices.Add($"{Files.Name}: no MTD_MSIL2A.xml or MTD_MSIL1C.xml tells the offset; {Describe(assumed)} is used, "
                + $"which all of ESA's numbers have from baseline 04.00 on ({assumed.OffsetSource}). "
                + "Give `offset` 0 where it was removed already.");
        if (Metadata is { Offsets.Count: > 0 } product && radiometry.Offset is { } given
            && StackBands.Names.Any(band => product.Offsets.GetValueOrDefault(band, given) != given))
            notices.Add($"`offset` {given} is used; the product says {Describe(product)} ({product.OffsetSource}).");
        return notices;
    }

    /// <summary>How the DNs of one band become reflectance: what the user says goes first, then what the product says.</summary>
    /// <exception cref="AsmException">Neither says whether an offset has to be removed, but the baseline has one.</exception>
    public StackRadiometry Radiometry(string band, StackRadiometry given)
    {
        if (Metadata is not { } product) return given;
        double? offset = given.Offset ?? (product.Offsets.TryGetValue(band, out double stated) ? stated : null);
        if (offset is null && (product.Offsets.Count > 0 || product.HasOffsetBaseline))
            throw new AsmException(Files.Name,
                $"is of processing baseline {product.Baseline ?? "(not told)"}, and its metadata do not tell the offset of {band}",
                "BOA_ADD_OFFSET or RADIO_ADD_OFFSET in MTD_MSIL2A.xml or MTD_MSIL1C.xml, or the offset of each asset of a STAC item",
                "put the product's own metadata file beside the bands, "
                + "or give `offset` -1000 (the numbers are as ESA delivered them) or `offset` 0 (the offset was removed)");
        return given with { Offset = offset, Quantification = given.Quantification ?? product.Quantification };
    }

    /// <summary>
    /// Refuses a band whose file declares another offset than the product's metadata: Earth Search, for one, has items that err.
    /// </summary>
    /// <exception cref="AsmException">They differ, and the user does not say which is right.</exception>
    public void RequireAgreement(string band, IRasterSource file, StackRadiometry given)
    {
        BandInfo info = file.Info.Bands[0];
        double declared = Math.Round(info.Offset / info.Scale, 3);
        if (given.Offset is null && declared != 0 && Metadata is { } product
            && product.Offsets.TryGetValue(band, out double stated) && declared != stated)
            throw new AsmException(file.Name,
                $"declares the offset {declared}, but the product's metadata say {stated} ({product.OffsetSource})", "one offset",
                $"look at dark water, whose reflectance is near 0, and give `offset` {declared} or `offset` {stated}");
    }

    /// <summary>The offsets in a few words.</summary>
    public static string Describe(ProductMetadata product)
    {
        double[] values = [.. product.Offsets.Where(o => StackBands.Names.Contains(o.Key)).Select(o => o.Value).Distinct()];
        return values.Length == 1 ? $"{values[0]}" : string.Join(", ", product.Offsets.Select(o => $"{o.Key} {o.Value}"));
    }
}
