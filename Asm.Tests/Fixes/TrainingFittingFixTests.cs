namespace Asm.Tests.Fixes;

/// <summary>Fixes of asm-train fit.</summary>
public sealed class TrainingFittingFixTests : TrainingTrial
{
    [Fact]
    [Fix("go on with it: --resume {}; replace it: --overwrite; or change output")]
    [Fix("leave out --initial: a run that goes on has its weights")]
    [Fix("undo the change, or start a new run, with initial to begin from these weights")]
    public void An_earlier_run_goes_on_or_is_replaced_or_stays()
    {
        string[] resume = ["--resume", "run/last.checkpoint"];
        TrainWorks(Fit(Tiny + Simulated));
        Assert.Contains($"--resume {PathOf("run/last.checkpoint")};", TrainFails(Fit(Tiny + Simulated)), StringComparison.Ordinal);
        TrainFails(Fit(Tiny + Simulated, [.. resume, "--initial", "run/last.checkpoint"]));
        TrainWorks(Fit(Tiny + Simulated, resume));
        TrainFails(Fit(Tiny + Simulated + "seed: 2\n", resume));
        TrainWorks(Fit(Tiny + Simulated + "seed: 2\noutput: other\ninitial: run/last.checkpoint\n"));
        TrainWorks(Fit(Tiny + Simulated, "--overwrite"));
    }

    [Fact]
    [Fix("lower data.patch_pixels, or make the data set again with --patch")]
    [Fix("write into the configuration: classes: [{}]")]
    public void A_data_set_has_the_patches_and_the_classes_of_the_run()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2);
        TrainWorks(Dataset("set", "--classes", "pit,forest", "--split", "scenes"));
        string Data(int pixels) => $"data: {{sets: [{{path: set}}], patch_pixels: {pixels}, patches: 1, validation_patches: 0, statistics_patches: 1}}\n";
        string said = TrainFails(Fit(Tiny + Data(16)));
        string classes = said.Split("write into the configuration: ")[1].Split('\n')[0] + "\n";
        TrainWorks(Fit(Tiny + classes + Data(16)));
        TrainFails(Fit(Tiny + classes + Data(32), "--overwrite"));
        TrainWorks(Dataset("set", "--classes", "pit,forest", "--split", "scenes", "--patch", "32", "--overwrite"));
        TrainWorks(Fit(Tiny + classes + Data(32), "--overwrite"));
    }

    [Fact]
    [Fix("make the data set again with a smaller --block, or set data.validation_patches: 0")]
    [Fix("make the data set again with fewer --validation-scenes and --test-scenes")]
    public void A_split_has_patches()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        string Run(int validation) => $"{Tiny}data: {{sets: [{{path: set}}], patch_pixels: 4, patches: 1, validation_patches: {validation}, statistics_patches: 1}}\n";
        TrainWorks(Dataset("set", "--patch", "4", "--test-scenes", "*"));
        TrainFails(Fit(Run(0)));
        TrainWorks(Dataset("set", "--patch", "4", "--overwrite"));
        TrainWorks(Fit(Run(0)));
        TrainFails(Fit(Run(1), "--overwrite"));
        TrainWorks(Dataset("set", "--patch", "4", "--block", "80", "--overwrite"));
        TrainWorks(Fit(Run(1), "--overwrite"));
    }

    [Fact]
    [Fix("train on images; from single points asm-train baseline learns")]
    public void Points_are_for_baselines()
    {
        File.WriteAllText(PathOf("p.csv"), "id,B02,B03,class\na,100,200,1\na,300,200,2\n");
        TrainWorks("dataset", "p.csv", "--layout", "points", "--classes", "mines,built", "--bands", "B02,B03", "--group-field", "id", "-o", "points");
        TrainFails(Fit(Tiny + "classes: [{name: mines}, {name: built}]\ndata: {sets: [{path: points}], patch_pixels: 16}\n"));
        TrainWorks("baseline", "sam", "points", "-o", "sam.onnx");
    }

    [Fact]
    [Fix("make the data sets with the same --bands, or train on one of them")]
    public void Data_sets_of_one_run_have_the_same_bands()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        SmallDataset("one", "B02", "B03");
        string Run(params string[] sets) => $"{Tiny}data: {{sets: [{string.Join(", ", sets.Select(s => $"{{path: {s}}}"))}], patch_pixels: 16, patches: 2, validation_patches: 0, statistics_patches: 1}}\n";
        TrainWorks(Dataset("other", "--split", "scenes"));
        TrainFails(Fit(Run("one", "other")));
        TrainWorks(Fit(Run("one")));
        TrainWorks(Dataset("other", "--split", "scenes", "--bands", "B02,B03,-,-,-,-,-,-,-,-", "--overwrite"));
        TrainWorks(Fit(Run("one", "other"), "--overwrite"));
    }

    [Fact]
    [Fix("correct this line; of an empty file, asm-train fit EMPTY.yaml --show-config prints all keys")]
    public void Keys_are_those_that_are_shown()
    {
        TrainFails(Fit(Tiny + "max_minute: 3\n"));
        File.WriteAllText(PathOf("empty.yaml"), "");
        Assert.Contains("max_minutes:", TrainWorks("fit", "empty.yaml", "--show-config"), StringComparison.Ordinal);
        TrainWorks(Fit(Tiny + Simulated + "max_minutes: 3\n"));
    }

    [Fact]
    [Fix("use --device cpu")]
    public void A_machine_without_a_GPU_trains_on_the_processor()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidia0"), "needs a machine without an NVIDIA GPU");
        TrainFails(Fit(Tiny + Simulated, "--device", "cuda"));
        TrainWorks(Fit(Tiny + Simulated, "--device", "cpu"));
    }

    [Fact]
    [Fix("lower optimiser.learning_rate, or clip gradients with optimiser.clip_norm; checkpoints written so far stay as they are")]
    [Fix("raise max_minutes")]
    public void A_run_that_diverges_or_has_no_time_is_given_other_numbers()
    {
        string data = Simulated.Replace("patches: 1, v", "patches: 8, v", StringComparison.Ordinal) + "micro_batch: 0\n";
        TrainFails(Fit(Tiny + data + "optimiser: {name: sgd, learning_rate: 1e30, clip_norm: 0}\n"));
        TrainWorks(Fit(Tiny + data + "optimiser: {name: sgd, learning_rate: 0.01, clip_norm: 0}\n"));
        TrainFails(Fit(Tiny + Simulated + "max_minutes: 1e-9\n", "--overwrite"));
        TrainWorks(Fit(Tiny + Simulated + "max_minutes: 1\n", "--overwrite"));
    }
}
