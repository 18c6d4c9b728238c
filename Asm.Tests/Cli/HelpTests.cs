using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;
using Asm.Cli.Verbs;
using Asm.Terminal;
using Asm.Tests.Support;
using Asm.Training.Verbs;

namespace Asm.Tests.Cli;

/// <summary>
/// Help is what people read first: a change shows as a difference here and is approved by hand, by copying the file that the failed test
/// names over the one in the folder Help.
/// </summary>
public sealed partial class HelpTests
{
    [Fact]
    public void The_help_of_asm_is_the_approved_one() => RequireApproved("asm", AsmVerbs.Create());

    [Fact]
    public void The_help_of_asm_train_is_the_approved_one() => RequireApproved("asm-train", AsmTrain.Create());

    [Fact]
    public void Sizes_stand_in_help_as_a_person_writes_them()
    {
        string help = Help("asm", AsmVerbs.Create());
        Assert.Contains("such as 900MB or 2GB", help, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]{7,}\\]", help.Replace("[default: 20261122]", "", StringComparison.Ordinal));
    }

    [Fact]
    public void No_default_is_empty()
    {
        Assert.DoesNotMatch(@"\[default: ?\]", Help("asm", AsmVerbs.Create()));
        Assert.DoesNotMatch(@"\[default: ?\]", Help("asm-train", AsmTrain.Create()));
    }

    private static void RequireApproved(string program, RootCommand root)
    {
        string actual = Help(program, root), file = $"Asm.Tests/Cli/Help/{program}.txt", path = Repository.File(file);
        if (File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == actual) return;
        string received = Path.Combine(Path.GetTempPath(), $"{program}.received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail($"The help of {program} changed. If that is meant, copy {received} over {file}");
    }

    /// <summary>The help of a program and of each of its verbs.</summary>
    private static string Help(string program, RootCommand root)
    {
        // Not the width of whatever terminal the tests run in.
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) ((HelpAction)help.Action!).MaxWidth = int.MaxValue;
        CommandLine.Prepare(root);
        IEnumerable<string[]> lines = root.Subcommands.Select(verb => new[] { verb.Name, "--help" }).Prepend(["--help"]);
        return string.Concat(lines.Select(line => $"$ {program} {string.Join(' ', line)}\n{Help(program, root, line)}\n"));
    }

    private static string Help(string program, RootCommand root, string[] line)
    {
        using var output = new StringWriter();
        Assert.Equal(0, root.Parse(line).Invoke(new() { Output = output }));
        string text = output.ToString().ReplaceLineEndings("\n");
        // The name of the program is that of the process, and the threads are the machine's.
        text = text.Replace($"  {RootCommand.ExecutableName} ", $"  {program} ", StringComparison.Ordinal);
        text = Threads().Replace(text, "$1[default: one for each processor]");
        return $"{TrailingSpace().Replace(text, "").Trim('\n')}\n";
    }

    [GeneratedRegex(@"(--threads .*)\[default: [0-9]+\]")]
    private static partial Regex Threads();

    [GeneratedRegex(@"[ ]+$", RegexOptions.Multiline)]
    private static partial Regex TrailingSpace();
}
