using System.CommandLine;
using Asm.Cli.Installation;
using Asm.Cli.Options;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm doctor: does the program work here?</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        Option<int> threads = CommonOptions.Threads();
        Command verb = CommandLine.Verb("doctor",
            "Checks the installation: native libraries, device, memory, disk, and a built-in scene against its expected result. "
            + "Exit 1 where something that is needed does not work.", "asm doctor");
        verb.Add(threads);
        verb.Does((parsed, _, run) =>
        {
            Health worst = Health.Good;
            foreach (Finding finding in new Doctor(ModelOption.PathOf(null), run with { Threads = parsed.GetValue(threads) }).Examine())
            {
                string sign = finding.Health switch { Health.Good => "ok", Health.Missing => "note", _ => "BAD" };
                Console.WriteLine($"{sign,-5} {finding.Name}: {finding.Text}");
                if (finding.Health > worst) worst = finding.Health;
            }
            Console.WriteLine(worst switch
            {
                Health.Good => "All is well.",
                Health.Missing => "The program works; see the notes.",
                _ => "Something that is needed does not work; see BAD."
            });
            return worst == Health.Bad ? CommandLine.Failed : CommandLine.Done;
        });
        return verb;
    }
}
