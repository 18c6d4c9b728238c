namespace Asm.Inference.Preparation;

/// <summary>
/// How the numbers in band files become reflectance, (DN + <see cref="Offset"/>) / <see cref="Quantification"/>, and of which bands they
/// are. Nothing is guessed from dates or values.
/// </summary>
/// <remarks>
/// What is null here is taken from the product's metadata, and where there are none from the scale and offset that the file itself
/// declares. Where it declares none, the offset is 0, and the quantification is 10,000 for integers and 1 for floating point, whose samples
/// are then reflectances of 0..1.
/// </remarks>
public sealed record StackRadiometry
{
    /// <summary>
    /// Added to every DN. Products of processing baseline 04.00 and later need -1000 (BOA_ADD_OFFSET in their metadata) unless whoever
    /// delivered them has removed the offset already.
    /// </summary>
    public double? Offset { get; init; }

    /// <summary>The DN of reflectance 1, once the offset is added: above 0.</summary>
    public double? Quantification { get; init; }

    /// <summary>
    /// The DN that means no data. Null: the file's own, or 0 for integers of one band where the file declares none, as Sentinel-2 products
    /// have it. 0 in all bands is no data whatever is given.
    /// </summary>
    public double? NoData { get; init; }

    /// <summary>
    /// Names of the bands of a file that holds all of them, in its order and with commas between them, "-" for those that are not wanted:
    /// "B02,B03,-,B04" or "BLUE,GREEN,-,RED". Null: the names that the file gives them.
    /// </summary>
    public string? Bands { get; init; }
}
