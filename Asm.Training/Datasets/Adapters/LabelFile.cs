using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Brings the labels of a file onto the grid of a stack.</summary>
internal sealed class LabelFile(ClassScheme scheme)
{
    /// <summary>Opens a raster of class values.</summary>
    /// <param name="path">The file.</param>
    /// <param name="grid">The stack's grid; a raster on another one is warped, nearest neighbour.</param>
    /// <param name="stackName">What messages call the stack.</param>
    /// <returns>The class codes, and whether they were warped.</returns>
    /// <exception cref="AsmException">The file cannot be read, or lies elsewhere.</exception>
    public (IRasterSource Labels, bool Made) Open(string path, GeoGrid grid, string stackName)
    {
        var labels = new CodedLabels(GeoTiffSource.Open(path), scheme);
        try
        {
            if (labels.Info.Grid.IsSameAs(grid)) return (labels, false);
            if (labels.Info.Grid.Crs is null || grid.Crs is null) grid.RequireSame(labels.Info.Grid, stackName, path);
            Places.RequireMeeting(labels.Info.Grid, path, grid, stackName);
            return (new WarpedSource(labels, grid, ResamplingMethod.Nearest), true);
        }
        catch
        {
            labels.Dispose();
            throw;
        }
    }
}
