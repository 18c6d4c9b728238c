using System.CommandLine;
using Asm.Training.Verbs;

var root = new RootCommand("Trains the network that asm predicts with, and exports it to ONNX.") { FitVerb.Create(), ExportVerb.Create() };
return VerbRunner.Run(root, args);
