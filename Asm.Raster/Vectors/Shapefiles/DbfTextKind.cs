namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>What the bytes of the text of a table are.</summary>
internal enum DbfTextKind
{
    /// <summary>The same in every encoding.</summary>
    Ascii,

    /// <summary>Also letters in UTF-8.</summary>
    Utf8,

    /// <summary>Something else.</summary>
    Other,
}
