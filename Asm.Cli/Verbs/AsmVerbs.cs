using System.CommandLine;

namespace Asm.Cli.Verbs;

/// <summary>The program with all its verbs.</summary>
internal static class AsmVerbs
{
    /// <summary>The command line.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Finds artisanal small-scale mining in Sentinel-2 images. Works offline; every verb has --help with an example.");
        Command[] verbs =
        [
            DemoVerb.Create(), InitVerb.Create(), RunVerb.Create(), PrepareVerb.Create(), PredictVerb.Create(), EnsembleVerb.Create(),
            MosaicVerb.Create(), ChangeVerb.Create(), HeatmapVerb.Create(), ZonesVerb.Create(), PolygonsVerb.Create(), SampleVerb.Create(),
            AssessVerb.Create(), ReportVerb.Create(), VerifyVerb.Create(), InspectVerb.Create(), DoctorVerb.Create(),
        ];
        foreach (Command verb in verbs) root.Subcommands.Add(verb);
        return root;
    }
}
