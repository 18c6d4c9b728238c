using System.Globalization;

namespace Asm.Hardening.Campaigns;

/// <summary>The command <c>fuzz</c>.</summary>
internal static class Fuzzing
{
    private const string Begin = "<!-- last run: begin -->", End = "<!-- last run: end -->";

    /// <summary>Says how the command is used.</summary>
    public static int Usage()
    {
        Console.Error.WriteLine(
            "fuzz [--hours N] [--mutants N] [--from N] [--targets a,b] [--program] [--table FILE]\nshow TARGET NUMBER FOLDER");
        return 2;
    }

    /// <summary>Runs a campaign; exit 1 where it finds a defect.</summary>
    public static int Run(string[] options)
    {
        double hours = 24;
        int mutants = int.MaxValue / 2, from = 0;
        bool byProgram = false;
        string? table = null;
        Target[] targets = Target.All;
        for (int i = 0; i < options.Length; i++)
        {
            string? value = i + 1 < options.Length ? options[i + 1] : null;
            switch (options[i])
            {
                case "--program": byProgram = true; continue;
                case "--hours" when value is not null: hours = double.Parse(value, CultureInfo.InvariantCulture); break;
                case "--mutants" when value is not null: mutants = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--from" when value is not null: from = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--targets" when value is not null:
                    targets = [.. Target.All.Where(target => value.Split(',').Contains(target.Name))];
                    break;
                case "--table" when value is not null: table = value; break;
                default: return Usage();
            }
            i++;
        }
        DateTime started = DateTime.UtcNow;
        var campaign = new Campaign(byProgram) { Found = Console.WriteLine };
        IReadOnlyList<Tally> tallies = campaign.Run(targets, from, Math.Min(mutants, 10_000_000), started.AddHours(hours));
        string text = Table(tallies, byProgram, DateTime.UtcNow - started);
        Console.WriteLine(text);
        if (table is not null) WriteInto(table, text, byProgram);
        return tallies.Any(tally => tally.Defects.Count > 0) ? 1 : 0;
    }

    private static string Table(IReadOnlyList<Tally> tallies, bool byProgram, TimeSpan took)
    {
        string[] rows =
        [
            "| what is damaged | mutants | refused by name | read | defects | slowest, ms | memory, MB |",
            "|---|---|---|---|---|---|---|",
            .. tallies.Select(tally => string.Create(CultureInfo.InvariantCulture,
                $"| {tally.Target} | {tally.Count:N0} | {tally.Refused:N0} | {tally.Read:N0} | "
                + $"{tally.Defects.Count:N0} | {tally.SlowestMilliseconds:N0} | {tally.PeakMegabytes:N0} |")),
            string.Create(CultureInfo.InvariantCulture,
                $"| all | {tallies.Sum(t => t.Count):N0} | {tallies.Sum(t => t.Refused):N0} | "
                + $"{tallies.Sum(t => t.Read):N0} | {tallies.Sum(t => t.Defects.Count):N0} | "
                + $"{tallies.Max(t => t.SlowestMilliseconds):N0} | {tallies.Max(t => t.PeakMegabytes):N0} |"),
        ];
        string how = byProgram ? "By the programs, each mutant in a process of its own" : "In process";
        return $"{how}; {DateTime.UtcNow:yyyy-MM-dd}, {took.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes:"
            + $"\n\n{string.Join('\n', rows)}\n";
    }

    private static void WriteInto(string path, string text, bool byProgram)
    {
        string document = File.ReadAllText(path), kind = byProgram ? "program" : "process";
        string begin = Begin.Replace("last run", $"last run by {kind}", StringComparison.Ordinal),
            end = End.Replace("last run", $"last run by {kind}", StringComparison.Ordinal);
        int first = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length,
            last = document.IndexOf(end, StringComparison.Ordinal);
        File.WriteAllText(path, $"{document[..first]}\n{text}{document[last..]}");
    }
}
