namespace Asm.Raster.Vectors;

/// <summary>What a field of a vector file holds.</summary>
public enum VectorFieldKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole numbers of 64 bits.</summary>
    Integer,

    /// <summary>Numbers.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,
}
