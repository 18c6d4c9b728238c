using Asm.Maps.Stages;

namespace Asm.Training.Evaluation;

/// <summary>All counts of an evaluation.</summary>
internal sealed class EvaluationResult
{
    private readonly TileResult?[,] _results;

    /// <summary>Starts without a count.</summary>
    public EvaluationResult(IReadOnlyList<EvaluatedModel> models, IReadOnlyList<LabelledTile> tiles, ComparedClasses classes)
    {
        (Models, Tiles, Classes) = (models, tiles, classes);
        Groups = TileGroup.Of(tiles);
        _results = new TileResult?[tiles.Count, models.Count];
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<EvaluatedModel> Models { get; }

    /// <summary>The tiles.</summary>
    public IReadOnlyList<LabelledTile> Tiles { get; }

    /// <summary>The classes.</summary>
    public ComparedClasses Classes { get; }

    /// <summary>The groups of tiles.</summary>
    public IReadOnlyList<TileGroup> Groups { get; }

    /// <summary>The class, by its code, whose accuracy and IoU stand in the first table.</summary>
    public required int Target { get; init; }

    /// <summary>Whether tiles are told as single answers too.</summary>
    public required bool PerChip { get; init; }

    /// <summary>Labelled pixels of each tile by class position.</summary>
    public required IReadOnlyList<long[]> Labelled { get; init; }

    /// <summary>The files of the tiles.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>Options that change the figures, by their names.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>What a model made of a tile; null where it was not run, as a network that looks around is not on points.</summary>
    public TileResult? this[int tile, int model]
    {
        get => _results[tile, model];
        set => _results[tile, model] = value;
    }
}
