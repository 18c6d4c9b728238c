using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Raster;

namespace Asm.Training.Evaluation;

/// <summary>What is compared, and how.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>The ONNX files.</summary>
    public required IReadOnlyList<NamedPath> Models { get; init; }

    /// <summary>The labelled tiles; those without a label are left out.</summary>
    public required IReadOnlyList<LabelledTile> Tiles { get; init; }

    /// <summary>The split that the labels of data sets are of, for the record; null where there is no data set.</summary>
    public string? Split { get; init; }

    /// <summary>The folder of the outputs.</summary>
    public required string Output { get; init; }

    /// <summary>Replace an earlier evaluation there.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Class names to change before classes are compared.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>The class whose accuracy and IoU stand in the first table; null: "mines", or the first.</summary>
    public string? Target { get; init; }

    /// <summary>Tell tiles as single answers too.</summary>
    public bool PerChip { get; init; }

    /// <summary>Draw a picture of each tile of the groups that are listed.</summary>
    public bool Pictures { get; init; } = true;

    /// <summary>Tiling and cloud rule.</summary>
    public PredictionOptions Prediction { get; init; } = new();

    /// <summary>How the samples of single tiles become reflectance, for the record.</summary>
    public StackRadiometry Radiometry { get; init; } = new();

    /// <summary>Where models run.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Threads and memory.</summary>
    public RunOptions Run { get; init; } = new();
}
