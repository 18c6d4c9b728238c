namespace Asm.Raster;

/// <summary>What a column of attributes holds.</summary>
internal enum AttributeKind
{
    Text,
    Integer,
    Real,
    Boolean,
}
