using System.CommandLine;
using System.Globalization;
using Asm.Raster.Files;
using Asm.Inference.Clouds;
using Asm.Inference.Prediction;
using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Options;

/// <summary>--cloud-threshold, --no-cloud-rule, --scl, --scl-classes and --cloud-report: what is cloud, and what that takes away.</summary>
internal sealed class CloudOptions
{
    private readonly Option<double> _threshold = new("--cloud-threshold") { Description = "A pixel whose B02, B03 and B04 are all above this reflectance is cloud, and no data in the outputs", DefaultValueFactory = _ => PredictionOptions.DefaultCloudReflectance };
    private readonly Option<bool> _off = new("--no-cloud-rule") { Description = "Leave bright pixels in; --scl still counts" };
    /// <summary>In place of a file: the one that the product holds.</summary>
    private const string OfProduct = "product";

    private readonly Option<string[]> _classification = CommonOptions.NotEmpty<string[]>(new("--scl") { Description = $"The scene classification (SCL) of each input, in the same order: a GeoTIFF of the same CRS, with pixels as large, twice or six times as large; or once '{OfProduct}': the one that each product holds. Its cloud classes are no data in the outputs", DefaultValueFactory = _ => [] });
    private readonly Option<string> _classes = new("--scl-classes") { Description = "Classes of --scl that are no data: 3 cloud shadow, 8 and 9 clouds, 10 cirrus; any of 0 to 11", DefaultValueFactory = _ => string.Join(',', SceneClassification.CloudClasses) };
    private readonly Option<string?> _report = CommonOptions.NotEmpty<string?>(new("--cloud-report") { Description = "A .csv or .json file that says how many pixels each cloud rule removes or would remove, and how many of them the model calls mines and its other classes" });
    private readonly List<(string Scene, CloudReport Report)> _reports = [];

    public CloudOptions() => _threshold.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) && !(value > 0 && value <= 2))
            result.AddError($"--cloud-threshold is {value}; expected: a reflectance above 0, up to 2");
    });

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _threshold, _off, _classification, _classes, _report }) verb.Options.Add(option);
    }

    /// <summary>Refuses what does not fit together, before any work starts.</summary>
    /// <exception cref="AsmException">There are not as many classifications as inputs, a class is none, or the report cannot be written.</exception>
    public void Require(ParseResult parsed, int inputs, bool overwrite)
    {
        int given = Files(parsed).Length;
        if (given > 0 && given != inputs && !IsOfProduct(parsed)) throw new AsmException(_classification.Name, $"is given {given} times for {inputs} inputs", "one for each input", $"give --scl once for each, in the order of the inputs, or --scl {OfProduct} for products");
        if (given == 0 && parsed.GetResult(_classes) is { Implicit: false }) throw new AsmException(_classes.Name, "is given without --scl", "a scene classification", "give its file with --scl");
        Classes(parsed);
        if (parsed.GetValue(_report) is { } report) CloudReportFile.RequireFree(report, overwrite);
    }

    /// <summary>Opens the classification of one input; null where none is given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="input">The position of the input.</param>
    /// <param name="scene">The input.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <param name="files">The files that the classification is read from.</param>
    /// <exception cref="AsmException">The file cannot be read, or the product has none.</exception>
    public IRasterSource? Open(ParseResult parsed, int input, Scene scene, RunOptions run, out IReadOnlyList<string> files)
    {
        files = [];
        if (Files(parsed) is not { Length: > 0 } given) return null;
        if (!IsOfProduct(parsed))
        {
            files = [given[input]];
            return run.Open(given[input]);
        }
        if (scene.Stack is not StackSource { ClassificationFiles.Count: > 0 } stack)
            throw new AsmException(_classification.Name, $"is '{OfProduct}', but {scene.Name} holds no scene classification", "an L2A product with its SCL file", "give the SCL file with --scl, or leave --scl out");
        files = stack.ClassificationFiles;
        return stack.OpenClassification();
    }

    /// <summary>Adds what the options say of clouds.</summary>
    public PredictionOptions AddTo(PredictionOptions options, ParseResult parsed, IRasterSource? classification) => options with
    {
        CloudReflectance = parsed.GetValue(_off) ? null : parsed.GetValue(_threshold),
        SceneClassification = classification,
        SceneClasses = Classes(parsed),
        CountCloudsAbove = parsed.GetValue(_report) is null ? null : parsed.GetValue(_threshold),
    };

    /// <summary>Prints the report of one input, if there is one, and keeps it for the file.</summary>
    public void Tell(string name, PredictionSummary summary)
    {
        if (summary.Clouds is not { } report) return;
        _reports.Add((name, report));
        CloudReportFile.WriteText(System.Console.Out, report);
    }

    /// <summary>Writes the file of the report, if one is wanted.</summary>
    public void Write(ParseResult parsed, bool overwrite)
    {
        if (parsed.GetValue(_report) is { } path) CloudReportFile.Write(path, _reports, overwrite);
    }

    private bool IsOfProduct(ParseResult parsed) => Files(parsed) is [OfProduct];

    private string[] Files(ParseResult parsed) => parsed.GetValue(_classification) ?? [];

    private int[] Classes(ParseResult parsed)
    {
        string text = parsed.GetRequiredValue(_classes);
        string[] words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] classes = [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : -1)];
        return classes.Length > 0 && classes.All(c => c >= 0 && c < SceneClassification.ClassNames.Count) ? [.. classes.Distinct()]
            : throw new AsmException(_classes.Name, $"is '{text}'", "a list of classes 0 to 11", "for example --scl-classes 3,8,9,10");
    }
}
