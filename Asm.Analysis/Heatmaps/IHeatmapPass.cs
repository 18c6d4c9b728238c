namespace Asm.Analysis.Heatmaps;

/// <summary>Computes densities of one kernel, strip after strip from the top.</summary>
internal interface IHeatmapPass
{
    /// <summary>Rows of pixels above and below the centre of a cell that it depends on.</summary>
    int ReachRows { get; }

    /// <summary>Bytes that the pass takes for strips of so many rows of cells.</summary>
    long BytesFor(int cellRows, int threads);

    /// <summary>Computes one strip: pixels per km², row after row of the cells' width.</summary>
    void Compute(EventBlock block, float[] densities, ParallelOptions parallel);
}
