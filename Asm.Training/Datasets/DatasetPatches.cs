using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Training.Patches;

namespace Asm.Training.Datasets;

/// <summary>
/// The patches of one split of a data set. Where a scene is smaller than a patch, the rest of the patch is without data and label.
/// </summary>
internal sealed class DatasetPatches : IPatchSource
{
    private readonly Dataset _dataset;
    private readonly PatchPlace[] _places;

    /// <summary>Lists the patches.</summary>
    /// <param name="dataset">The data set; it must stay open.</param>
    /// <param name="split">Which of its patches.</param>
    /// <param name="sizePixels">
    /// Rows and columns of a patch, at most those that the data set was made for; a smaller one is the middle of it.
    /// </param>
    /// <exception cref="AsmException">There is no such patch, or the size is larger.</exception>
    public DatasetPatches(Dataset dataset, Split split, int sizePixels)
    {
        (_dataset, SizePixels) = (dataset, sizePixels);
        if (sizePixels > dataset.Manifest.PatchPixels)
            throw new AsmException(dataset.Folder, $"its patches have {dataset.Manifest.PatchPixels} pixels",
                $"{sizePixels} or more, as data.patch_pixels says", "lower data.patch_pixels, or make the data set again with --patch");
        int inset = (dataset.Manifest.PatchPixels - sizePixels) / 2;
        _places = [.. PatchTable.Read(dataset.Folder, dataset.Manifest).Where(p => p.Split == split).Select(p => Inset(p, inset))];
        if (_places.Length == 0)
            throw new AsmException(dataset.Folder, $"it has no patch of the split {split.ToString().ToLowerInvariant()}",
                "one or more", More(split));
    }

    private string More(Split split) =>
        Array.TrueForAll(_dataset.Manifest.Scenes, s => s.Points)
            ? "train on images; from single points asm-train baseline learns"
            : split == Split.Train
                ? "make the data set again with fewer --validation-scenes and --test-scenes"
                : "make the data set again with a smaller --block, or set data.validation_patches: 0";

    /// <inheritdoc/>
    public string Description => _dataset.Manifest.Description;

    /// <inheritdoc/>
    public IReadOnlyList<string> BandNames => _dataset.Manifest.Bands;

    /// <inheritdoc/>
    public int SizePixels { get; }

    /// <inheritdoc/>
    public long? Count => _places.Length;

    /// <inheritdoc/>
    public void Read(long index, Span<float> reflectance, Span<byte> label)
    {
        PatchPlace place = _places[index];
        DatasetScene scene = _dataset.Manifest.Scenes[place.Scene];
        int bands = _dataset.Manifest.Bands.Length, size = SizePixels, plane = size * size;
        PixelWindow inside = new PixelWindow(place.Column, place.Row, size, size).Intersect(new(0, 0, scene.Width, scene.Height));
        if (inside.Width < size || inside.Height < size)
        {
            reflectance.Clear();
            label.Clear();
        }

        for (int row = 0; row < inside.Height; row++)
        {
            _dataset.LabelRow(scene, inside.Row + row).Slice(inside.Column, inside.Width).CopyTo(label[(row * size)..]);
            ReadOnlySpan<ushort> samples = _dataset.SampleRow(scene, inside.Row + row);
            for (int band = 0; band < bands; band++)
                StackSamples.ToReflectance(samples.Slice(band * scene.Width + inside.Column, inside.Width),
                    reflectance.Slice(band * plane + row * size, inside.Width));
        }
    }

    // A scene that is smaller than a patch is not moved.
    private PatchPlace Inset(PatchPlace place, int inset)
    {
        DatasetScene scene = _dataset.Manifest.Scenes[place.Scene];
        return place with
        {
            Column = scene.Width >= _dataset.Manifest.PatchPixels ? place.Column + inset : place.Column,
            Row = scene.Height >= _dataset.Manifest.PatchPixels ? place.Row + inset : place.Row,
        };
    }
}
