using System.CommandLine;
using Asm.Raster;
using Asm.Terminal;
using Asm.Training.Configuration;
using Asm.Training.Fitting;

namespace Asm.Training.Verbs;

/// <summary><c>asm-train fit CONFIG.yaml</c></summary>
internal static class FitVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Argument<string>("CONFIG.yaml")
        {
            Description = "The training run. Every key has a default; an unknown key is an error"
        };
        var device = new Option<string>("--device")
        {
            Description = "Where the network trains; cuda needs a build with the GPU packages",
            DefaultValueFactory = _ => "cpu"
        };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads of libtorch; runs repeat exactly only with the same number [default: one for each core]"
        };
        var resume = new Option<string?>("--resume")
        {
            Description = "A checkpoint of the same configuration to go on from. "
                + "Where and how long the run trains may change: output, epochs, max_minutes, checkpoint_minutes, data.threads"
        };
        var initial = new Option<string?>("--initial")
        {
            Description = "A checkpoint, or an ONNX file that asm-train exported, to start from: its weights and its normalisation. "
                + "Overrides initial in the file"
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an earlier run in the output folder" };
        var show = new Option<bool>("--show-config") { Description = "Print the whole configuration with its defaults, and end" };
        Command command = CommandLine.Verb("fit", "Trains a U-Net by a configuration file, into checkpoints, tables and curves.",
            "printf 'network: {width: 16}\\nmax_minutes: 60\\noptimiser: {name: adamw}\\nschedule: {name: one_cycle}\\n' > small.yaml",
            "asm-train fit small.yaml",
            "asm-train export run/best.checkpoint -o small.onnx");
        command.Arguments.Add(config);
        foreach (Option option in new Option[] { device, threads, resume, initial, overwrite, show }) command.Options.Add(option);
        command.Does((parsed, _, run) =>
        {
            FitConfig fit = FitConfigReader.Read(parsed.GetRequiredValue(config));
            if (parsed.GetValue(initial) is { } start)
            {
                if (parsed.GetValue(resume) is not null)
                    throw new AsmException("--initial", "given together with --resume",
                        "one of them", "leave out --initial: a run that goes on has its weights");
                fit = fit with { Initial = Path.GetFullPath(start) };
            }

            if (parsed.GetValue(show))
            {
                Console.Write(FitConfigReader.Write(fit));
                return CommandLine.Done;
            }

            if (parsed.GetValue(threads) is < 1)
                throw new AsmException("--threads", $"{parsed.GetValue(threads)}", "1 or more", "give a number of threads");
            if (parsed.GetValue(resume) is { } checkpoint) Checkpoint.ReadInfo(checkpoint);
            // A run that goes on elsewhere must not mix with one that is there.
            bool elsewhere = parsed.GetValue(resume) is not { } from || Path.GetDirectoryName(Path.GetFullPath(from)) != fit.Output;
            if (elsewhere && !parsed.GetValue(overwrite)) RunFolder.RequireFree(fit.Output);
            var console = new FitConsole(fit, parsed.GetValue(CommandLine.LogFormatOption));
            using var data = new TrainingData(fit);
            foreach (string share in data.Shares) console.Say("data", share);
            var trainer = new Trainer(fit, data.Training, data.Validation, new FitOptions
            {
                Cuda = parsed.GetValue(device) == "cuda",
                Threads = parsed.GetValue(threads),
                Resume = parsed.GetValue(resume),
                Replace = elsewhere,
                Warn = message => console.Say("machine", $"warning: {message}"),
                OnStep = console.Step,
                OnEpoch = console.Epoch,
                Cancellation = run.Cancellation,
            });
            try
            {
                trainer.Run();
            }
            catch (OperationCanceledException) when (trainer.StoppedAt is not null)
            {
                console.Say("stopped", $"The run is in {trainer.StoppedAt}. "
                    + $"Go on with: asm-train fit {CommandText.Quote(parsed.GetRequiredValue(config))} --resume "
                    + $"{CommandText.Quote(trainer.StoppedAt)}");
                throw;
            }

            console.Done();
            return CommandLine.Done;
        });
        return command;
    }
}
