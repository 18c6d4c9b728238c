using System.CommandLine;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm init: a commented project file to start from.</summary>
internal static class InitVerb
{
    public static Command Create()
    {
        Argument<string> path = CommonOptions.Paths<string>(new("PROJECT")
        {
            Description = "The project file to write",
            DefaultValueFactory = _ => "project.yaml"
        });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb("init",
            "Writes a commented example of a project file, to be changed with a text editor.", "asm init", "asm init ghana.yaml");
        verb.Arguments.Add(path);
        verb.Options.Add(overwrite);
        verb.Does((parsed, _, _) =>
        {
            string file = parsed.GetRequiredValue(path);
            ProjectTemplate.Write(file, parsed.GetValue(overwrite));
            string quoted = CommandText.Quote(file);
            Console.WriteLine($"{file}: change it, look at the plan with 'asm run {quoted} --dry-run', then 'asm run {quoted}'");
            return CommandLine.Done;
        });
        return verb;
    }
}
