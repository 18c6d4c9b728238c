using System.CommandLine;
using Asm.Inference.Clouds;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Options;

/// <summary>
/// --no-cloud-rule, --scl and --cloud-report, beside the settings of the cloud rules: what is cloud, and what that takes away.
/// </summary>
/// <param name="settings">The settings of predictions.</param>
internal sealed class CloudOptions(SettingOptions<PredictStage> settings)
{
    private readonly Option<bool> _off = new("--no-cloud-rule") { Description = "Leave bright pixels in; --scl still counts" };

    private readonly Option<string[]> _classification = CommonOptions.NotEmpty<string[]>(new("--scl")
    {
        Description = "The scene classification (SCL) of each input, in the same order: "
            + "a GeoTIFF of the same CRS, with pixels as large, twice or six times as large; "
            + $"or once '{PredictStage.OfProduct}': the one that each product holds. Its cloud classes are no data in the outputs",
        DefaultValueFactory = _ => [],
    });

    private readonly Option<string?> _report = CommonOptions.OptionalPath(
        "--cloud-report",
        "A .csv or .json file that says how many pixels each cloud rule removes or would remove, "
        + "and how many of them the model calls mines and its other classes");

    private readonly List<(string Scene, CloudReport Report)> _reports = [];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb) => verb.Add(_off, _classification, _report);

    /// <summary>Refuses what does not fit together, before any work starts.</summary>
    /// <exception cref="AsmException">There are not as many classifications as inputs, or the report cannot be written.</exception>
    public void Require(ParseResult parsed, int inputs, bool overwrite)
    {
        int given = Files(parsed).Length;
        if (given > 0 && given != inputs && !IsOfProduct(parsed))
            throw new SettingException(
                "scl", $"is given {given} times for {inputs} inputs", "one for each input",
                $"give `scl` once for each, in the order of the inputs, or `scl` {PredictStage.OfProduct} for products");
        if (given == 0 && parsed.GetResult(settings["scl-classes"]) is { Implicit: false })
            throw new SettingException("scl-classes", "is given without `scl`", "a scene classification", "give its file with `scl`");
        if (parsed.GetValue(_report) is { } report) CloudReportFile.RequireFree(report, overwrite);
    }

    /// <summary>The prediction of one input with what the options say of clouds.</summary>
    public PredictStage AddTo(PredictStage stage, ParseResult parsed, int input) => stage with
    {
        ClassificationPath = Files(parsed) is not { Length: > 0 } given ? null
            : IsOfProduct(parsed) ? PredictStage.OfProduct
            : given[input],
        Options = stage.Options with
        {
            CloudReflectance = parsed.GetValue(_off) ? null : stage.Options.CloudReflectance,
            CountCloudsAbove = parsed.GetValue(_report) is null
                ? null : stage.Options.CloudReflectance ?? PredictionOptions.DefaultCloudReflectance,
        },
    };

    /// <summary>Prints the report of one input, if there is one, and keeps it for the file.</summary>
    public void Tell(string name, PredictionSummary summary)
    {
        if (summary.Clouds is not { } report) return;
        _reports.Add((name, report));
        CloudReportFile.WriteText(Console.Out, report);
    }

    /// <summary>Writes the file of the report, if one is wanted.</summary>
    public void Write(ParseResult parsed, bool overwrite)
    {
        if (parsed.GetValue(_report) is { } path) CloudReportFile.Write(path, _reports, overwrite);
    }

    private bool IsOfProduct(ParseResult parsed) => Files(parsed) is [PredictStage.OfProduct];

    private string[] Files(ParseResult parsed) => parsed.GetValue(_classification) ?? [];
}
