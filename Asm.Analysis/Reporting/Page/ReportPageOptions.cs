namespace Asm.Analysis.Reporting.Page;

/// <summary>What <see cref="ReportPage.Write"/> puts into a page.</summary>
public sealed record ReportPageOptions
{
    /// <summary>The longer side of every picture of the map in pixels at most, 100 to 8,192. The page's size grows with its square.</summary>
    public int PictureSidePixels { get; init; } = 2400;

    /// <summary>The class that the page follows: its probabilities, what is new of it. Null: "mines" where the run has it, else the first class.</summary>
    public string? Class { get; init; }

    /// <summary>Polygons of each file that are drawn and listed, the largest ones, 0 or more. Their number and hectares are told for all.</summary>
    public int MostPolygons { get; init; } = 2000;

    /// <summary>Replace a page that exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Refuses values out of their ranges.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PictureSidePixels, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PictureSidePixels, 8192);
        ArgumentOutOfRangeException.ThrowIfNegative(MostPolygons);
    }
}
