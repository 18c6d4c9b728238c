using System.CommandLine;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm verify: are the files of a run what the run made?</summary>
internal static class VerifyVerb
{
    /// <summary>Of a line about a file: a damaged state may name any.</summary>
    private const int MostLineLength = 500;

    public static Command Create()
    {
        Argument<string> folder = CommonOptions.Paths<string>(new("RUN_DIR") { Description = "The 'output' folder of a project" });
        Command verb = CommandLine.Verb("verify",
            "Reads every file of a run again and compares it, and the provenance in it, with what the run remembers. "
            + "Exit 1 where something differs.", "asm verify results");
        verb.Arguments.Add(folder);
        verb.Does((parsed, reporter, run) =>
        {
            string path = parsed.GetRequiredValue(folder);
            ProjectVerification found = reporter.Track("verify",
                progress => ProjectVerification.Of(path, run with { Progress = progress }));
            Console.WriteLine($"{path}: {found.Outputs} outputs and {found.Inputs} inputs, {found.Faults.Count} "
                + $"differ{(found.Missing.Count > 0 ? $", {found.Missing.Count} inputs are not there any more" : "")}");
            foreach (string fault in found.Faults) Console.WriteLine($"  {PlainText.Shorten(fault, MostLineLength)}");
            foreach (string missing in found.Missing)
                Console.WriteLine($"  {PlainText.Shorten(missing, MostLineLength)}: is not there any more");
            return found.Faults.Count == 0 ? CommandLine.Done : CommandLine.Failed;
        });
        return verb;
    }
}
