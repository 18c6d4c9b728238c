using System.CommandLine;
using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Terminal;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Training.Verbs;

/// <summary>The arguments and options of <c>asm-train dataset</c>.</summary>
internal sealed class DatasetArguments
{
    private const string Stacks = "stacks", Pairs = "pairs", SmallMines = "small-mines",
        Chips = "chips", Points = "points", Simulated = "simulated";

    private readonly Argument<string[]> _sources = CommonOptions.Paths<string[]>(new("SOURCE")
    {
        Description = "stacks: ten-band GeoTIFFs or folders of band files. Other layouts: one folder. points: one table. simulated: none",
        Arity = ArgumentArity.ZeroOrMore,
    });

    private readonly Option<string> _output = CommonOptions.NotEmpty<string>(new("--output", "-o")
    {
        Description = "The data set's folder",
        Required = true
    });
    private readonly Option<string> _layout = new("--layout") { Description = "What SOURCE is", DefaultValueFactory = _ => Stacks };
    private readonly Option<string[]> _labels = new("--labels")
    {
        Description = "Polygons (GeoPackage, GeoJSON, Shapefile) or rasters of class values, "
            + "in any CRS: one file for all stacks, or one for each. pairs: the folder of masks",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string> _classField = new("--class-field")
    {
        Description = "The field of polygons, or the column of points, that holds the class",
        DefaultValueFactory = _ => "class"
    };
    private readonly Option<string[]> _groupField = new("--group-field")
    {
        Description = "points: the column whose value points of one place share, "
            + "or two columns of coordinates (X,Y) to group them by squares of --block",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string?> _layer = new("--layer") { Description = "The layer of a GeoPackage [default: the only one]" };
    private readonly Option<string?> _area = new("--area")
    {
        Description = "Polygons outside of which nothing is labelled; with --rest: the ground that was digitised completely"
    };
    private readonly Option<string[]> _classes = new("--classes")
    {
        Description = "Names of the classes by code from 1",
        DefaultValueFactory = _ => ["mines,built,vegetation"],
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string[]> _map = new("--map")
    {
        Description = "VALUE=CLASS,...: which class a value of the label files is; "
            + "CLASS may be none. Without it numbers are class codes from 1, and other numbers an error",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string?> _rest = new("--rest")
    {
        Description = "The class of all other values (without --map: of 0 and of names), or none [default: another value is an error]"
    };
    private readonly Option<bool> _allowEmpty = new("--allow-empty")
    {
        Description = "A class may be without any pixel, as where another data set has it"
    };
    private readonly Option<string[]> _bands = new("--bands")
    {
        Description = "Names of the images' bands in the files' order, - for one that is not wanted [default: as the files say]",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<int?> _patch = new("--patch")
    {
        Description = "Rows and columns of a patch [default: 256; for small images their size]"
    };
    private readonly Option<int> _patches = new("--patches")
    {
        Description = "Training patches; fewer where there are fewer places for one",
        DefaultValueFactory = _ => 16_000
    };
    private readonly Option<double> _labelled = new("--labelled")
    {
        Description = "Smallest share of a patch's pixels that carry a label",
        DefaultValueFactory = _ => 0.05
    };
    private readonly Option<string?> _split = new("--split")
    {
        Description = "What goes to one split as a whole: blocks of the ground, "
            + "or scenes together with those that overlap them [default: blocks for stacks and simulated, else scenes]"
    };
    private readonly Option<double> _block = new("--block") { Description = "Side of a block in metres", DefaultValueFactory = _ => 5120 };
    private readonly Option<double> _validation = new("--validation")
    {
        Description = "Share of the labels for validation",
        DefaultValueFactory = _ => 0.15
    };
    private readonly Option<double> _test = new("--test")
    {
        Description = "Share of the labels for the test",
        DefaultValueFactory = _ => 0.15
    };
    private readonly Option<string[]> _validationScenes = new("--validation-scenes")
    {
        Description = "Scenes for validation only: names, or patterns with *",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string[]> _testScenes = new("--test-scenes")
    {
        Description = "Scenes for the test only",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Decides the splits and the patches",
        DefaultValueFactory = _ => 1
    };
    private readonly Option<string?> _description = new("--description")
    {
        Description =
            "What the data are, for the metadata of models: source, licence, processing level [default: the layout and the files' names]"
    };
    private readonly Option<bool> _overwrite = CommonOptions.Overwrite();
    private readonly SettingOptions<StackRadiometry> _radiometry = new(
        RadiometrySettings.Of<StackRadiometry>(r => r, (_, given) => given), new(), "bands");
    private readonly SimulationArguments _simulation = new();

    /// <summary>Adds them to the verb.</summary>
    public void AddTo(Command verb)
    {
        _layout.AcceptOnlyFromAmong(Stacks, Pairs, SmallMines, Chips, Points, Simulated);
        _split.AcceptOnlyFromAmong("blocks", "scenes");
        verb.Arguments.Add(_sources);
        foreach (Option option in new Option[]
        {
            _output, _layout, _labels, _classField, _groupField, _layer, _area, _classes, _map, _rest, _allowEmpty, _bands, _patch,
            _patches, _labelled, _split, _block, _validation, _test, _validationScenes, _testScenes, _seed, _description, _overwrite,
        }) verb.Options.Add(option);
        _radiometry.AddTo(verb);
        _simulation.AddTo(verb);
    }

    /// <summary>What is made.</summary>
    public DatasetRequest Request(ParseResult parsed)
    {
        string layout = parsed.GetRequiredValue(_layout);
        string split = parsed.GetValue(_split) ?? (layout is Stacks or Simulated ? "blocks" : "scenes");
        string[] sources = parsed.GetValue(_sources) ?? [];
        return new DatasetRequest
        {
            Output = parsed.GetRequiredValue(_output),
            Overwrite = parsed.GetValue(_overwrite),
            Scheme = new ClassScheme(ClassScheme.Named(Words(parsed.GetValue(_classes))),
                MapPairs(parsed.GetValue(_map)), parsed.GetValue(_rest)),
            Options = new DatasetOptions
            {
                Description = parsed.GetValue(_description) ?? (layout == Simulated
                    ? _simulation.Describe(parsed)
                    : $"{layout}: {string.Join(", ", sources.Select(s => Path.GetFileName(Path.TrimEndingDirectorySeparator(s))))}"),
                PatchPixels = parsed.GetValue(_patch) ?? new DatasetOptions { Description = "" }.PatchPixels,
                Patches = parsed.GetValue(_patches),
                Seed = parsed.GetValue(_seed),
                BlockMetres = split == "blocks" ? parsed.GetValue(_block) : null,
                ValidationShare = parsed.GetValue(_validation),
                TestShare = parsed.GetValue(_test),
                LabelledShare = parsed.GetValue(_labelled),
            },
            FitPatches = parsed.GetValue(_patch) is null,
            ValidationScenes = Words(parsed.GetValue(_validationScenes)),
            TestScenes = Words(parsed.GetValue(_testScenes)),
            AllowEmpty = parsed.GetValue(_allowEmpty),
        };
    }

    /// <summary>The scenes that go into it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scheme">Which class a value means.</param>
    /// <param name="warn">Is told what is unusual.</param>
    /// <exception cref="AsmException">Sources or labels do not fit the layout.</exception>
    public IReadOnlyList<SceneInput> Scenes(ParseResult parsed, ClassScheme scheme, Action<string> warn)
    {
        string layout = parsed.GetRequiredValue(_layout);
        string[] sources = parsed.GetValue(_sources) ?? [], labels = parsed.GetValue(_labels) ?? [];
        IReadOnlyList<string>? bands =
            parsed.GetValue(_bands) is { Length: > 0 } named ? BandList.Require(string.Join(',', Words(named))) : null;
        StackRadiometry radiometry = _radiometry.Apply(parsed, new());
        (bool one, string what) = (layout is not Stacks and not Simulated, layout == Points ? "table" : "folder");
        Require(layout == Simulated ? sources.Length == 0 : one ? sources.Length == 1 : sources.Length > 0,
            "SOURCE", $"{sources.Length} sources",
            layout == Simulated ? "none, as scenes are simulated" : one ? $"one {what}, as --layout is {layout}" : "one or more stacks",
            layout == Simulated ? "leave them out" : one ? $"give one {what}" : "give stacks, or another --layout");
        Require(layout == Stacks ? labels.Length > 0 : labels.Length == (layout == Pairs ? 1 : 0),
            "--labels", $"{labels.Length} files",
            layout == Stacks ? "a file of labels" : layout == Pairs ? "one folder of masks" : $"none, as --layout is {layout}",
            layout == Stacks ? "give --labels LABELS" : layout == Pairs ? "give --labels FOLDER" : "leave out --labels");
        Require(parsed.GetValue(_area) is null || layout == Stacks,
            "--area", $"an area with --layout {layout}", "an area for stacks only", "leave out --area");
        string? simulation = layout == Simulated ? null : _simulation.FindGiven(parsed);
        Require(simulation is null, $"{simulation}", $"given with --layout {layout}", "for --layout simulated only",
            $"leave out {simulation}");
        string[] groups = Words(parsed.GetValue(_groupField));
        Require(layout == Points ? groups.Length is 1 or 2 : groups.Length == 0,
            "--group-field", $"{groups.Length} columns with --layout {layout}",
            "for points: the column of the place, or two of coordinates; else none",
            layout == Points ? "name the column with --group-field COLUMN, or two with --group-field X,Y" : "leave out --group-field");
        return layout switch
        {
            Pairs => PairInputs.List(sources[0], labels[0], scheme, bands, radiometry),
            SmallMines => SmallMinesInputs.List(sources[0], scheme, bands, radiometry),
            Chips => ChipInputs.List(sources[0], scheme, bands, radiometry),
            Points => PointInputs.List(sources[0], new PointOptions
            {
                Scheme = scheme,
                ClassField = parsed.GetRequiredValue(_classField),
                GroupFields = groups,
                BlockMetres = parsed.GetValue(_block),
                Bands = bands,
                Radiometry = radiometry,
            }),
            Simulated => SimulatedInputs.List(_simulation.Of(parsed), _simulation.Seeds(parsed),
                _simulation.Places(parsed), scheme, _simulation.Dates(parsed).First),
            _ => StackInputs.List(sources, labels, new LabelOptions
            {
                Scheme = scheme,
                ClassField = parsed.GetRequiredValue(_classField),
                Layer = parsed.GetValue(_layer),
                Area = parsed.GetValue(_area),
                Warn = warn,
            }, bands, radiometry),
        };
    }

    /// <summary>Lists that may be given with commas, as several words, or both.</summary>
    internal static string[] Words(IEnumerable<string>? texts) =>
        [.. (texts ?? []).SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    // A comma belongs to the value where what is before it is no pair: 'Shops, offices=built'.
    internal static List<string> MapPairs(IEnumerable<string>? texts)
    {
        var pairs = new List<string>();
        foreach (string text in texts ?? [])
        {
            string begun = "";
            foreach (string piece in text.Split(','))
            {
                begun += begun.Length > 0 ? $",{piece}" : piece;
                if (!piece.Contains('=', StringComparison.Ordinal)) continue;
                pairs.Add(begun.Trim());
                begun = "";
            }

            if (begun.Trim().Length > 0) pairs.Add(begun.Trim());
        }

        return pairs;
    }

    private static void Require(bool holds, string subject, string found, string expected, string fix)
    {
        if (!holds) throw new AsmException(subject, found, expected, fix);
    }
}
