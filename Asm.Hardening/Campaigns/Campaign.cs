using System.Diagnostics;
using System.Globalization;

namespace Asm.Hardening.Campaigns;

/// <summary>Gives mutants to worker processes, one a core, and starts another worker where a mutant has ended one.</summary>
internal sealed class Campaign(bool byProgram)
{
    private const int Batch = 200;

    /// <summary>Called with each defect as it is found.</summary>
    public Action<string>? Found { get; init; }

    /// <summary>Tries the first mutants of every target.</summary>
    /// <param name="targets">What is tried.</param>
    /// <param name="begin">The first number.</param>
    /// <param name="mutants">How many of each target.</param>
    /// <param name="until">When no new batch is begun.</param>
    public IReadOnlyList<Tally> Run(IReadOnlyList<Target> targets, int begin, int mutants, DateTime until)
    {
        Tally[] tallies = [.. targets.Select(target => new Tally(target.Name))];
        // Round by round, so that all targets have had their share when time is up.
        (int Target, int From, int To)[] batches =
        [
            .. from batch in Enumerable.Range(0, (mutants + Batch - 1) / Batch)
               from target in Enumerable.Range(0, targets.Count)
               select (target, begin + batch * Batch, begin + Math.Min(mutants, (batch + 1) * Batch)),
        ];
        Parallel.ForEach(batches, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (batch, state) =>
        {
            if (DateTime.UtcNow >= until) state.Stop();
            else RunBatch(targets[batch.Target], batch.From, batch.To, tallies[batch.Target]);
        });
        return tallies;
    }

    private void RunBatch(Target target, int from, int to, Tally tally)
    {
        for (int next = from; next < to;) next = RunWorker(target, next, to, tally, confirm: true);
    }

    // Returns the number after the last mutant that was tried.
    private int RunWorker(Target target, int from, int to, Tally tally, bool confirm)
    {
        string folder = Directory.CreateTempSubdirectory("asm-fuzz-").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments =
            [
                typeof(Campaign).Assembly.Location, "work", target.Name, from.ToString(CultureInfo.InvariantCulture),
                to.ToString(CultureInfo.InvariantCulture), folder, byProgram ? "program" : "process",
            ];
            foreach (string argument in arguments) start.ArgumentList.Add(argument);
            using Process worker = Process.Start(start)!;
            Task<string> error = worker.StandardError.ReadToEndAsync();
            int number = from - 1;
            string file = "", stopped = "crash";
            bool open = false;
            while (worker.StandardOutput.ReadLine() is { } line)
            {
                string[] parts = line.Split('\t');
                switch (parts)
                {
                    case ["begin", string begun, string damaged]:
                        (number, file, open) = (int.Parse(begun, CultureInfo.InvariantCulture), damaged, true);
                        break;
                    case ["end", _, string kind, string milliseconds, string megabytes, ..] when kind is "hang" or "memory" && confirm:
                        open = false;
                        RunWorker(target, number, number + 1, tally, confirm: false);
                        break;
                    case ["end", _, string kind, string milliseconds, string megabytes, ..]:
                        open = false;
                        Add(tally, kind, number, file, parts.Length > 5 ? parts[5] : "",
                            int.Parse(milliseconds, CultureInfo.InvariantCulture), int.Parse(megabytes, CultureInfo.InvariantCulture));
                        break;
                    case ["stop", string defect]:
                        stopped = defect;
                        break;
                }
            }
            worker.WaitForExit();
            if (number < from)
            {
                Add(tally, "unsound seed", number, "", error.Result.ReplaceLineEndings(" "), 0, 0);
                return to;
            }
            if (!open) return number + 1;
            // A machine that was busy is no defect: what is one shows itself again.
            if (confirm) RunWorker(target, number, number + 1, tally, confirm: false);
            else Add(tally, stopped, number, file,
                $"exit {worker.ExitCode} {error.Result.ReplaceLineEndings(" ")}", (int)Worker.MaxTime.TotalMilliseconds, 0);
            return number + 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Add(Tally tally, string kind, int number, string file, string detail, int milliseconds, int megabytes)
    {
        lock (tally) tally.Add(kind, number, file, detail, milliseconds, megabytes);
        if (kind is not ("read" or "refused")) Found?.Invoke($"{tally.Target} {number}: {kind}: {file}: {detail}");
    }
}
