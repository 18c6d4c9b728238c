using System.CommandLine;

namespace Asm.Cli.Verbs;

/// <summary>The program with all its verbs.</summary>
internal static class AsmVerbs
{
    private static readonly (string Name, Func<Command> Create)[] s_verbs =
    [
        ("demo", DemoVerb.Create), ("init", InitVerb.Create), ("run", RunVerb.Create), ("prepare", PrepareVerb.Create),
        ("predict", PredictVerb.Create), ("ensemble", EnsembleVerb.Create), ("mosaic", MosaicVerb.Create), ("change", ChangeVerb.Create),
        ("heatmap", HeatmapVerb.Create), ("zones", ZonesVerb.Create), ("polygons", PolygonsVerb.Create), ("sample", SampleVerb.Create),
        ("assess", AssessVerb.Create), ("report", ReportVerb.Create), ("verify", VerifyVerb.Create), ("inspect", InspectVerb.Create),
        ("doctor", DoctorVerb.Create),
    ];

    /// <summary>The command line.</summary>
    /// <param name="first">
    /// The first word that was given: where it is a verb, only this one is made, for the options of all the others take longer than a
    /// small piece of work.
    /// </param>
    public static RootCommand Create(string? first = null)
    {
        var root = new RootCommand(
            "Finds artisanal small-scale mining in Sentinel-2 images. Works offline; every verb has --help with an example.");
        bool isVerb = s_verbs.Any(v => v.Name == first);
        foreach ((string name, Func<Command> create) in s_verbs)
            if (!isVerb || name == first) root.Subcommands.Add(create());
        return root;
    }
}
