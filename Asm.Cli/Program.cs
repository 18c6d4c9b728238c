using System.CommandLine;
using Asm.Cli.Console;
using Asm.Cli.Verbs;

var root = new RootCommand("Finds artisanal small-scale mining in Sentinel-2 images. Works offline; every verb has --help with an example.");
root.Subcommands.Add(DemoVerb.Create());
root.Subcommands.Add(PrepareVerb.Create());
root.Subcommands.Add(PredictVerb.Create());
root.Subcommands.Add(EnsembleVerb.Create());
root.Subcommands.Add(MosaicVerb.Create());
root.Subcommands.Add(ChangeVerb.Create());
root.Subcommands.Add(HeatmapVerb.Create());
root.Subcommands.Add(ZonesVerb.Create());
root.Subcommands.Add(PolygonsVerb.Create());
root.Subcommands.Add(SampleVerb.Create());
root.Subcommands.Add(AssessVerb.Create());
root.Subcommands.Add(ReportVerb.Create());
root.Subcommands.Add(InspectVerb.Create());
return CommandLine.Invoke(root, args);
