using System.IO.Enumeration;
using Asm.Analysis.Accuracy;
using Asm.Raster;

namespace Asm.Training.Evaluation;

/// <summary>Tiles whose figures are read together, such as those with the same radiometry.</summary>
/// <param name="Name">The name.</param>
/// <param name="Tiles">Positions of its tiles.</param>
internal sealed record TileGroup(string Name, IReadOnlyList<int> Tiles)
{
    /// <summary>Larger groups are told as a whole: the figures of a small chip say little, and nobody reads a thousand rows.</summary>
    public const int MostTilesListed = 20;

    /// <summary>True where each tile has its row and its picture.</summary>
    public bool Listed => Tiles.Count <= MostTilesListed;

    /// <summary>Puts tiles into groups by patterns of their names.</summary>
    /// <param name="tiles">The tiles.</param>
    /// <param name="groups">Groups as "NAME=PATTERN,PATTERN"; in a pattern * stands for any text and ? for any letter.</param>
    /// <exception cref="AsmException">A pattern matches nothing, or a tile is in two groups.</exception>
    public static IReadOnlyList<LabelledTile> Assign(IReadOnlyList<LabelledTile> tiles, IReadOnlyList<string> groups)
    {
        var chosen = new string?[tiles.Count];
        foreach (string text in groups)
        {
            int at = text.LastIndexOf('=');
            if (at <= 0)
                throw new AsmException("--group", $"'{text}'", "NAME=TILE,TILE",
                    "for example: --group \"same radiometry\"=ghana-1,ghana-2");
            string name = text[..at].Trim();
            foreach (string pattern in text[(at + 1)..].Split(',', StringSplitOptions.TrimEntries))
            {
                int[] found = [.. Enumerable.Range(0, tiles.Count)
                    .Where(i => FileSystemName.MatchesSimpleExpression(pattern, tiles[i].Name))];
                if (found.Length == 0)
                    throw new AsmException("--group", $"no tile is called {pattern}",
                        $"one of {string.Join(", ", tiles.Take(20).Select(t => t.Name))}", "correct the name");
                foreach (int tile in found)
                    chosen[tile] = chosen[tile] is { } other && other != name
                        ? throw new AsmException("--group", $"{tiles[tile].Name} is in {other} and in {name}",
                            "each tile in one group", "name each tile once")
                        : name;
            }
        }

        return [.. tiles.Select((t, i) => t with { Group = chosen[i] ?? t.Group })];
    }

    /// <summary>The groups in the order of their first tiles.</summary>
    public static IReadOnlyList<TileGroup> Of(IReadOnlyList<LabelledTile> tiles)
    {
        bool any = tiles.Any(t => t.Group.Length > 0);
        return [.. Enumerable.Range(0, tiles.Count).GroupBy(i => tiles[i].Group)
            .Select(g => new TileGroup(g.Key.Length > 0 ? g.Key : any ? "other tiles" : "all tiles", [.. g]))];
    }

    /// <summary>All pixels of the tiles that a model was run on in one matrix.</summary>
    public ConfusionMatrix Pooled(EvaluationResult result, int model)
    {
        var pooled = new ConfusionMatrix(result.Classes.Names.Count);
        foreach (TileResult tile in Ran(result, model)) pooled.Add(tile.Matrix);
        return pooled;
    }

    /// <summary>The mean of the tiles' figures.</summary>
    public Figures Average(EvaluationResult result, int model) => Figures.Average([.. Ran(result, model).Select(t => t.Figures)]);

    /// <summary>
    /// Tiles as single answers: the class that most of a tile's labelled pixels are mapped as, against the class that most of them are.
    /// Tiles without a pixel to compare are left out; of equally frequent classes the first counts.
    /// </summary>
    public ConfusionMatrix Chips(EvaluationResult result, int model)
    {
        var chips = new ConfusionMatrix(result.Classes.Names.Count);
        foreach (ConfusionMatrix tile in Ran(result, model).Select(t => t.Matrix).Where(m => m.Total > 0))
        {
            int[] codes = [.. Enumerable.Range(1, tile.Classes)];
            int mapped = codes.MaxBy(map => codes.Sum(reference => tile[map, reference])),
                labelled = codes.MaxBy(reference => codes.Sum(map => tile[map, reference]));
            chips.Add([(byte)mapped], [(byte)labelled]);
        }

        return chips;
    }

    /// <summary>The results of a model on the group's tiles.</summary>
    public IEnumerable<TileResult> Ran(EvaluationResult result, int model) => Tiles.Select(t => result[t, model]).OfType<TileResult>();
}
