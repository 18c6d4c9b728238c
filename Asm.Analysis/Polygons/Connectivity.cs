namespace Asm.Analysis.Polygons;

/// <summary>Which pixels of one code belong together.</summary>
public enum Connectivity
{
    /// <summary>Those that share a side.</summary>
    Four,

    /// <summary>
    /// Those that share a side or a corner. Regions that hang together by corners become multi-polygons, whose parts touch there.
    /// </summary>
    Eight,
}
