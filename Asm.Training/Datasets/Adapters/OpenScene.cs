using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>An image and its labels on the same grid, open to read.</summary>
/// <param name="Stack">uint16, reflectance x 10,000, 0 no data, bands by name.</param>
/// <param name="Labels">uint8, class codes from 1, 0 not labelled.</param>
/// <param name="Made">
/// True where the labels were made from polygons or warped: they are then written beside the data set, to be looked at.
/// </param>
internal sealed record OpenScene(IRasterSource Stack, IRasterSource Labels, bool Made = false) : IDisposable
{
    /// <summary>
    /// Pixels that polygons of different classes claim, to be asked for when the labels were read; null: labels are not of polygons.
    /// </summary>
    public Func<long>? Overlapping { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stack.Dispose();
        Labels.Dispose();
    }
}
