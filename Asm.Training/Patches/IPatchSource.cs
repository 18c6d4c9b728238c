namespace Asm.Training.Patches;

/// <summary>Labelled patches by number: the same number always gives the same patch. Safe for concurrent calls.</summary>
internal interface IPatchSource
{
    /// <summary>What the patches are, in a few words, for the model's metadata.</summary>
    string Description { get; }

    /// <summary>Names of the bands of a patch, in their order.</summary>
    IReadOnlyList<string> BandNames { get; }

    /// <summary>Rows and columns of a patch.</summary>
    int SizePixels { get; }

    /// <summary>Number of distinct patches; null where every number gives another one.</summary>
    long? Count { get; }

    /// <summary>Gives one patch.</summary>
    /// <param name="index">Its number, from 0, below <see cref="Count"/>.</param>
    /// <param name="reflectance">Receives bands x rows x columns reflectances, 0..1 and a little beyond.</param>
    /// <param name="label">Receives rows x columns class codes from 1; 0 where the class is not known or there is no data.</param>
    void Read(long index, Span<float> reflectance, Span<byte> label);
}
