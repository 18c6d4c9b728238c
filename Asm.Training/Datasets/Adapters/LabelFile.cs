using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Brings the labels of files onto the grids of stacks.</summary>
internal sealed class LabelFile(LabelOptions options)
{
    private readonly VectorLabels _vectors = new(options);

    /// <summary>Opens labels for a stack; the result disposes of both.</summary>
    /// <param name="path">A vector file, or a raster of class values; one on another grid is warped, nearest neighbour.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <exception cref="AsmException">The file cannot be read, or lies elsewhere.</exception>
    public OpenScene Open(string path, IRasterSource stack, RunOptions run)
    {
        GeoGrid grid = stack.Info.Grid;
        OpenScene scene = VectorLabels.IsVector(path) ? FromPolygons(path, stack) : FromRaster(path, stack, run);
        if (options.Area is not { } area) return scene;
        try { return scene with { Labels = new AreaLabels(scene.Labels, _vectors.Area(area, grid, stack.Name)), Made = true }; }
        catch
        {
            scene.Labels.Dispose();
            throw;
        }
    }

    private OpenScene FromPolygons(string path, IRasterSource stack)
    {
        BurnedLabels labels = _vectors.Burn(path, stack.Info.Grid, stack.Name);
        return new OpenScene(stack, labels, Made: true) { Overlapping = () => labels.Conflicts };
    }

    private OpenScene FromRaster(string path, IRasterSource stack, RunOptions run)
    {
        GeoGrid grid = stack.Info.Grid;
        var labels = new CodedLabels(run.Open(path), options.Scheme);
        try
        {
            if (labels.Info.Grid.IsSameAs(grid)) return new OpenScene(stack, labels);
            if (labels.Info.Grid.Crs is null || grid.Crs is null) grid.RequireSame(labels.Info.Grid, stack.Name, path);
            if (GridProjection.Project(labels.Info.Grid, grid.Crs!).Bounds.Intersect(grid.Bounds).IsEmpty)
                throw Places.Elsewhere(path, labels.Info.Grid, stack.Name, grid);
            return new OpenScene(stack, new WarpedSource(labels, grid, ResamplingMethod.Nearest), Made: true);
        }
        catch
        {
            labels.Dispose();
            throw;
        }
    }
}
