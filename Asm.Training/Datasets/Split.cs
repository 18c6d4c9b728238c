namespace Asm.Training.Datasets;

/// <summary>What a pixel of a data set may be used for; the numbers are those of the file <c>splits.bin</c>.</summary>
internal enum Split : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Fitting weights.</summary>
    Train = 1,

    /// <summary>Watching the training and choosing the epoch.</summary>
    Validation = 2,

    /// <summary>Figures that are reported.</summary>
    Test = 3,
}
