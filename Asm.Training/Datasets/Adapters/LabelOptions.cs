namespace Asm.Training.Datasets.Adapters;

/// <summary>How label files are read.</summary>
internal sealed record LabelOptions
{
    /// <summary>Which class a value means.</summary>
    public required ClassScheme Scheme { get; init; }

    /// <summary>The field of vector files that holds the class.</summary>
    public string ClassField { get; init; } = "class";

    /// <summary>The layer of vector files; null: the only one.</summary>
    public string? Layer { get; init; }

    /// <summary>A vector file; outside of its polygons there are no labels. Null: everywhere is inside.</summary>
    public string? Area { get; init; }

    /// <summary>Is told what is unusual.</summary>
    public required Action<string> Warn { get; init; }
}
