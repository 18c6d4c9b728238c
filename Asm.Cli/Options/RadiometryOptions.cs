using System.CommandLine;
using Asm.Inference.Preparation;

namespace Asm.Cli.Options;

/// <summary>How stored numbers become reflectance: options of prepare and of predict on unprepared input.</summary>
internal sealed class RadiometryOptions
{
    private readonly Option<double?> _offset = new("--offset") { Description = "Added to every stored number before scaling: -1000 for products of baseline 04.00 and later whose offset was not removed" };
    private readonly Option<double?> _quantification = new("--quantification") { Description = "Stored numbers of reflectance 1 [default: 10000 for integers, 1 for floating point]" };
    private readonly Option<double?> _noData = new("--nodata") { Description = "The stored number that means no data [default: what the file says]" };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_offset);
        verb.Options.Add(_quantification);
        verb.Options.Add(_noData);
    }

    public StackRadiometry Of(ParseResult parsed) => new()
    {
        Offset = parsed.GetValue(_offset),
        Quantification = parsed.GetValue(_quantification),
        NoData = parsed.GetValue(_noData),
    };
}
