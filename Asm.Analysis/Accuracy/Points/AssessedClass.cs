using Asm.Analysis.Accuracy.Estimation;
using Asm.Maps.Classes;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>What a sample says of one class, or of one change. Null figures are not estimable; see <see cref="SampleAccuracy"/>.</summary>
public sealed record AssessedClass
{
    /// <summary>The class; of a change map the change.</summary>
    public required MapClass Class { get; init; }

    /// <summary>Pixels of the class in the map.</summary>
    public required long MappedPixels { get; init; }

    /// <summary>Their area; null for a map in degrees or without a CRS, whose pixels have no one area.</summary>
    public required double? MappedHectares { get; init; }

    /// <summary>Points counted that the map gives the class.</summary>
    public required long MapPoints { get; init; }

    /// <summary>Points counted that are the class in the reference.</summary>
    public required long ReferencePoints { get; init; }

    /// <summary>User's accuracy; 1 less it is the commission.</summary>
    public required Estimate? Users { get; init; }

    /// <summary>Producer's accuracy; 1 less it is the omission.</summary>
    public required Estimate? Producers { get; init; }

    /// <summary>The share of all pixels that are the class.</summary>
    public required Estimate? AreaShare { get; init; }

    /// <summary>The area of the class; null also for a map in degrees or without a CRS.</summary>
    public required Estimate? AreaHectares { get; init; }
}
