using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>One tile of a mosaic: a class map, a class map with its confidence, or a probability map.</summary>
public sealed class MosaicTile
{
    private MosaicTile(IRasterSource map, IReadOnlyList<MapClass> classes) => (Map, Classes) = (map, classes);

    /// <summary>The classes in the order of their codes.</summary>
    public IReadOnlyList<MapClass> Classes { get; }

    /// <summary>Class codes, or one band of probabilities a class.</summary>
    internal IRasterSource Map { get; }

    /// <summary>The map where it has probabilities, else null.</summary>
    internal ProbabilityMap? Probabilities { get; private init; }

    /// <summary>True where <see cref="Map"/> has probabilities.</summary>
    internal bool HasProbabilities => Probabilities is not null;

    /// <summary>How samples of <see cref="Map"/>, or of <see cref="Confidence"/>, become probabilities.</summary>
    internal ProbabilityScale Scale { get; private init; }

    /// <summary>Probability of the map's class, on the map's grid; null where there is none.</summary>
    internal IRasterSource? Confidence { get; private init; }

    /// <summary>A tile of class codes.</summary>
    /// <param name="map">The class map.</param>
    /// <param name="confidence">
    /// The probability of the map's class, one band on the same grid, for <see cref="MosaicRule.MaxProbability"/>; else null.
    /// </param>
    /// <exception cref="AsmException">The map is one of changes, or the two do not fit.</exception>
    public static MosaicTile Of(ClassMap map, IRasterSource? confidence = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.IsChange)
            throw new AsmException(map.Source.Name, "is a map of changes, whose codes no rule can rank",
                "class maps", "mosaic the class maps of each season, then compare the mosaics with asm change");
        if (confidence is not null)
        {
            map.Source.Info.Grid.RequireSame(confidence.Info.Grid, map.Source.Name, confidence.Name);
            if (confidence.Info.Bands.Count != 1)
                throw new AsmException(confidence.Name, $"has {confidence.Info.Bands.Count} bands",
                    "one band, the confidence of a class map", "give NAME.confidence.tif of a prediction");
        }
        return new(MaskedCodes.Of(map.Source), map.Classes)
        {
            Confidence = confidence,
            Scale = confidence is null ? default : ProbabilityScale.Of(confidence, null)
        };
    }

    /// <summary>A tile of probabilities, for <see cref="MosaicRule.MaxProbability"/>.</summary>
    public static MosaicTile Of(ProbabilityMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map.Source, map.Classes) { Probabilities = map, Scale = map.Scale };
    }
}
