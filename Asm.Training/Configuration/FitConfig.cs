using Asm.Training.Network;

namespace Asm.Training.Configuration;

/// <summary>
/// Everything that decides a training run: the keys of the YAML file that <c>asm-train fit</c> reads, in snake_case.
/// Defaults are the paper's.
/// </summary>
internal sealed record FitConfig
{
    /// <summary>Folder for checkpoints and metrics; a relative path is relative to the configuration file.</summary>
    public string Output { get; init; } = "run";

    /// <summary>Decides initial weights, patches, their order and variation, and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Passes over the training patches.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Patches in one step of the optimiser.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>
    /// Patches that go through the network at once; 0: the whole batch. The gradients of a batch are summed, so this changes memory and
    /// time, not the method. Small values keep the activations in the processor's cache.
    /// </summary>
    public int MicroBatch { get; init; } = 2;

    /// <summary>
    /// Wall-clock limit in minutes; null: none. The schedule runs over whichever ends first, the epochs or the time; runs with a
    /// limit do not repeat exactly.
    /// </summary>
    public double? MaxMinutes { get; init; }

    /// <summary>
    /// Minutes between two checkpoints within an epoch, beside the one at its end. Costs a moment each time: the file holds the network
    /// and the optimiser's state.
    /// </summary>
    public double CheckpointMinutes { get; init; } = 15;

    /// <summary>
    /// A model to start from: a checkpoint, or an ONNX file that asm-train exported; null: random weights. A relative path is relative to
    /// the configuration file. Weights and normalisation are taken from it; its bands, classes, width and depth must be those of this run.
    /// </summary>
    public string? Initial { get; init; }

    /// <summary>The network.</summary>
    public NetworkConfig Network { get; init; } = new();

    /// <summary>The classes by code from 1.</summary>
    public ClassConfig[] Classes { get; init; } =
    [
        new() { Name = "mines", Color = "#d55e00", Weight = 1 },
        new() { Name = "built", Color = "#56b4e9", Weight = 1 },
        new() { Name = "vegetation", Color = "#009e73", Weight = 0.5 },
    ];

    /// <summary>Where patches come from.</summary>
    public DataConfig Data { get; init; } = new();

    /// <summary>How patches are varied.</summary>
    public AugmentationConfig Augmentation { get; init; } = new();

    /// <summary>The optimiser.</summary>
    public OptimiserConfig Optimiser { get; init; } = new();

    /// <summary>The learning rate over time.</summary>
    public ScheduleConfig Schedule { get; init; } = new();
}

/// <summary>One class.</summary>
internal sealed record ClassConfig
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The colour on maps, "#rrggbb".</summary>
    public string Color { get; init; } = "#808080";

    /// <summary>Weight of its pixels in the loss, above 0.</summary>
    public double Weight { get; init; } = 1;
}

/// <summary>Size and start of the network.</summary>
internal sealed record NetworkConfig
{
    /// <summary>Filters of the first stage. Time and memory grow with its square at large widths.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Stages of the encoder.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Share of activations dropped in training, after the last encoder stage and the bridge; 0 up to below 1.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>How the weights are drawn: he or math_works.</summary>
    public Initialisation Initialisation { get; init; } = Initialisation.He;
}

/// <summary>Where patches come from.</summary>
internal sealed record DataConfig
{
    /// <summary>Rows and columns of a patch; a multiple of 2 to the power of the network's depth.</summary>
    public int PatchPixels { get; init; } = 256;

    /// <summary>Data sets that <c>asm-train dataset</c> wrote.</summary>
    public DataSetConfig[] Sets { get; init; } = [];

    /// <summary>
    /// Share of simulated patches, in relation to the shares of the data sets; null: all where no set is named, none elsewhere.
    /// </summary>
    public double? SimulationShare { get; init; }

    /// <summary>Patches in an epoch.</summary>
    public int Patches { get; init; } = 16_000;

    /// <summary>True: every epoch shows the same patches, in another order and variation. False: every epoch makes new ones.</summary>
    public bool Repeat { get; init; } = true;

    /// <summary>
    /// Memory for patches that repeat, in gigabytes; those that do not fit are made again each time. 700 patches of 256 x 256 take one.
    /// </summary>
    public double CacheGigabytes { get; init; } = 4;

    /// <summary>Patches that the network is measured with after each epoch; never trained on. 0: none.</summary>
    public int ValidationPatches { get; init; } = 128;

    /// <summary>Patches that mean and standard deviation of each band are computed from.</summary>
    public int StatisticsPatches { get; init; } = 256;

    /// <summary>Threads that make patches beside the training step.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The simulated scenes that patches are cut from.</summary>
    public SimulatedPatchConfig Simulation { get; init; } = new();

    /// <summary>The share of simulated patches that counts.</summary>
    internal double EffectiveSimulationShare => SimulationShare ?? (Sets.Length == 0 ? 1 : 0);
}

/// <summary>A data set to train on.</summary>
internal sealed record DataSetConfig
{
    /// <summary>Its folder; a relative path is relative to the configuration file.</summary>
    public string Path { get; init; } = "";

    /// <summary>Its share of the patches, in relation to the other shares; above 0.</summary>
    public double Share { get; init; } = 1;
}

/// <summary>The simulated scenes that patches are cut from: ranges that each patch draws from anew.</summary>
internal sealed record SimulatedPatchConfig
{
    /// <summary>Lowest density of mines, 0 to 4; 1 is about 5 % of the ground.</summary>
    public double MineDensityMin { get; init; } = 0.5;

    /// <summary>Highest density of mines, 0 to 4.</summary>
    public double MineDensityMax { get; init; } = 4;

    /// <summary>Highest haze, 0 none to 1 strong.</summary>
    public double HazeMax { get; init; } = 1;

    /// <summary>Highest difference of gain and offset between dates, 0 to 3.</summary>
    public double RadiometricShiftMax { get; init; } = 2;

    /// <summary>Share of patches that have clouds, 0 to 1.</summary>
    public double CloudyShare { get; init; } = 0.05;

    /// <summary>Highest cloud cover of those, 0 to 0.9.</summary>
    public double CloudCoverMax { get; init; } = 0.3;

    /// <summary>Share of patches that may show the edge of a swath, 0 to 1.</summary>
    public double NoDataShare { get; init; } = 0.02;

    /// <summary>Checks the ranges.</summary>
    /// <param name="require">Told for each value: whether it holds, its key, what it is and what was expected.</param>
    internal void Validate(Action<bool, string, object, string> require)
    {
        require(MineDensityMin is >= 0 and <= 4, "data.simulation.mine_density_min", MineDensityMin, "0 to 4");
        require(MineDensityMax <= 4 && MineDensityMax >= MineDensityMin,
            "data.simulation.mine_density_max", MineDensityMax, $"{MineDensityMin} to 4");
        require(HazeMax is >= 0 and <= 1, "data.simulation.haze_max", HazeMax, "0 to 1");
        require(RadiometricShiftMax is >= 0 and <= 3, "data.simulation.radiometric_shift_max", RadiometricShiftMax, "0 to 3");
        require(CloudyShare is >= 0 and <= 1, "data.simulation.cloudy_share", CloudyShare, "0 to 1");
        require(CloudCoverMax is >= 0 and <= 0.9, "data.simulation.cloud_cover_max", CloudCoverMax, "0 to 0.9");
        require(NoDataShare is >= 0 and <= 1, "data.simulation.no_data_share", NoDataShare, "0 to 1");
    }
}

/// <summary>How patches are varied each time that they are used. The defaults are the paper's: reflections and free rotation.</summary>
internal sealed record AugmentationConfig
{
    /// <summary>The configuration that leaves patches as they are.</summary>
    internal static readonly AugmentationConfig Nothing = new() { ReflectAndTurn = false, Rotate = false };

    /// <summary>Reflections in X and Y and quarter turns, all eight equally often.</summary>
    public bool ReflectAndTurn { get; init; } = true;

    /// <summary>
    /// Rotation about the centre by an angle that is drawn evenly from 0 to 90 degrees. Pixels from outside of the patch have no data.
    /// </summary>
    public bool Rotate { get; init; } = true;

    /// <summary>
    /// Share of patches that are rotated, 0 to 1, where <see cref="Rotate"/> is on. Below 1 the others stay sharp and whole.
    /// </summary>
    public double RotateShare { get; init; } = 1;

    /// <summary>Standard deviation of the natural logarithm of a gain that is drawn for each band alone. 0.05 is about 5 %.</summary>
    public double BandGain { get; init; }

    /// <summary>Standard deviation of a reflectance that is drawn for each band alone and added.</summary>
    public double BandOffset { get; init; }

    /// <summary>Standard deviation of the natural logarithm of a gain that all bands share.</summary>
    public double Brightness { get; init; }

    /// <summary>
    /// Standard deviation of a reflectance that is added to B02 in full and to each later band less, as haze does: halved with
    /// every fifth of the bands.
    /// </summary>
    public double Haze { get; init; }

    /// <summary>Standard deviation of noise that is drawn for each sample, in reflectance.</summary>
    public double Noise { get; init; }
}

/// <summary>Which optimiser.</summary>
internal enum OptimiserKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam; weight decay is part of the gradient.</summary>
    Adam,

    /// <summary>Adam with weight decay beside the gradient.</summary>
    Adamw,
}

/// <summary>What a gradient's norm is taken over.</summary>
internal enum ClipScope
{
    /// <summary>Each weight or bias tensor alone, as the MathWorks example does.</summary>
    Parameter,

    /// <summary>All of them together.</summary>
    Global,
}

/// <summary>The optimiser's settings.</summary>
internal sealed record OptimiserConfig
{
    /// <summary>sgd, adam or adamw.</summary>
    public OptimiserKind Name { get; init; } = OptimiserKind.Sgd;

    /// <summary>Highest learning rate; null: 0.05 for sgd, 0.001 for the others.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd, 0 up to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty on weights; biases have none.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Gradients with a larger L2 norm are scaled down to it; 0: none are.</summary>
    public double ClipNorm { get; init; } = 0.05;

    /// <summary>What the norm is taken over: parameter or global.</summary>
    public ClipScope ClipScope { get; init; } = ClipScope.Parameter;

    /// <summary>The learning rate that counts.</summary>
    internal double EffectiveLearningRate => LearningRate ?? (Name == OptimiserKind.Sgd ? 0.05 : 0.001);
}

/// <summary>Shape of the learning rate over a run.</summary>
internal enum ScheduleKind
{
    /// <summary>Multiplied by a factor every so many epochs.</summary>
    Step,

    /// <summary>Half a cosine from the highest rate to 0.</summary>
    Cosine,

    /// <summary>Up in the first 30 %, then down to almost 0, both along half a cosine (Smith and Topin 2018).</summary>
    OneCycle,

    /// <summary>The same throughout.</summary>
    Constant,
}

/// <summary>The learning rate as a function of progress.</summary>
internal sealed record ScheduleConfig
{
    private const double OneCycleRise = 0.3, OneCycleStart = 1.0 / 25, OneCycleEnd = 1e-4;

    /// <summary>step, cosine, one_cycle or constant.</summary>
    public ScheduleKind Name { get; init; } = ScheduleKind.Step;

    /// <summary>Epochs between two drops of a step schedule.</summary>
    public double DropEveryEpochs { get; init; } = 10;

    /// <summary>What a step schedule multiplies with.</summary>
    public double DropFactor { get; init; } = 0.1;

    /// <summary>
    /// Share of the run in which the rate first rises linearly from 0, 0 up to below 1. Not used by one_cycle, which has its own rise.
    /// </summary>
    public double Warmup { get; init; }

    /// <summary>The learning rate at a point of the run.</summary>
    /// <param name="highest">The highest rate.</param>
    /// <param name="progress">0 at the start, 1 at the end.</param>
    /// <param name="epochs">Epochs of the whole run.</param>
    public double LearningRate(double highest, double progress, int epochs)
    {
        if (Name == ScheduleKind.OneCycle)
        {
            return highest * (progress < OneCycleRise
                ? HalfCosine(OneCycleStart, 1, progress / OneCycleRise)
                : HalfCosine(1, OneCycleEnd, (progress - OneCycleRise) / (1 - OneCycleRise)));
        }

        if (progress < Warmup) return highest * progress / Warmup;
        return highest * Name switch
        {
            ScheduleKind.Step => Math.Pow(DropFactor, Math.Floor(progress * epochs / DropEveryEpochs + 1e-9)),
            ScheduleKind.Cosine => HalfCosine(1, 0, (progress - Warmup) / (1 - Warmup)),
            _ => 1,
        };
    }

    private static double HalfCosine(double from, double to, double share) => to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * share));
}
