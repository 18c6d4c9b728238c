namespace Asm.Analysis.Mosaicing;

/// <summary>Which tile decides a pixel that several cover. Pixels without data never decide.</summary>
public enum MosaicRule
{
    /// <summary>
    /// The highest class code (Gallwey et al. 2020, 2.6: vegetation wins and cloud, taken for built or mines, loses). Needs vegetation to
    /// be the last class. Does not depend on the order of the tiles.
    /// </summary>
    MaxClass,

    /// <summary>The class of the highest probability; ties go to the lowest code. Does not depend on the order of the tiles.</summary>
    MaxProbability,

    /// <summary>The first tile with data, in the order given.</summary>
    First,
}
