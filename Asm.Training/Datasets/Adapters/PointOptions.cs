using Asm.Inference.Preparation;

namespace Asm.Training.Datasets.Adapters;

/// <summary>How tables of labelled spectra are read.</summary>
internal sealed record PointOptions
{
    /// <summary>Which class a value means.</summary>
    public required ClassScheme Scheme { get; init; }

    /// <summary>The column of the class.</summary>
    public string ClassField { get; init; } = "class";

    /// <summary>One column whose value points of one place share, or two columns of coordinates, in metres or degrees.</summary>
    public required IReadOnlyList<string> GroupFields { get; init; }

    /// <summary>With coordinates: side of the squares that are a place, in metres.</summary>
    public double BlockMetres { get; init; } = 5120;

    /// <summary>The bands wanted; null: the method's ten.</summary>
    public IReadOnlyList<string>? Bands { get; init; }

    /// <summary>How numbers become reflectance.</summary>
    public StackRadiometry Radiometry { get; init; } = new();
}
