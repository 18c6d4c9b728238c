using Asm.Tests.Support;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Datasets;

public sealed class DatasetPatchesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_patch_is_what_lies_there_and_a_smaller_one_its_middle()
    {
        using Dataset dataset = Write(width: 4, height: 4, patch: 4);
        var patches = new DatasetPatches(dataset, Split.Train, 4);
        Assert.Equal((1L, 4, "two bands"), (patches.Count, patches.SizePixels, patches.Description));
        (float[] reflectance, byte[] label) = Read(patches);
        Assert.Equal([.. Enumerable.Range(1, 16).Select(v => v * 1e-4f), .. Enumerable.Range(101, 16).Select(v => v * 1e-4f)], reflectance);
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1], label);
        (reflectance, label) = Read(new DatasetPatches(dataset, Split.Train, 2));
        Assert.Equal([6 * 1e-4f, 7 * 1e-4f, 10 * 1e-4f, 11 * 1e-4f, 106 * 1e-4f, 107 * 1e-4f, 110 * 1e-4f, 111 * 1e-4f], reflectance);
        Assert.Equal([3, 1, 1, 2], label);
    }

    [Fact]
    public void Beyond_a_scene_that_is_smaller_than_a_patch_there_is_no_data_and_no_label()
    {
        using Dataset dataset = Write(width: 2, height: 1, patch: 3);
        (float[] reflectance, byte[] label) = Read(new DatasetPatches(dataset, Split.Train, 3));
        Assert.Equal([1 * 1e-4f, 2 * 1e-4f, 0, 0, 0, 0, 0, 0, 0, 101 * 1e-4f, 102 * 1e-4f, 0, 0, 0, 0, 0, 0, 0], reflectance);
        Assert.Equal([1, 2, 0, 0, 0, 0, 0, 0, 0], label);
    }

    private Dataset Write(int width, int height, int patch)
    {
        int count = width * height;
        using (var writer = new DatasetWriter(_folder.File("set"), ["b1", "b2"], SmallScenes.Classes, overwrite: false))
        {
            Asm.Raster.Grids.GeoGrid grid = SmallScenes.Grid(width, height);
            ushort[] first = [.. Enumerable.Range(1, count).Select(v => (ushort)v)], second = [.. Enumerable.Range(101, count).Select(v => (ushort)v)];
            writer.Add("one", "one", SmallScenes.Stack(grid, first, second), SmallScenes.Labels(grid, [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3 + 1))]), points: false, new());
            writer.Complete(new DatasetOptions { Description = "two bands", PatchPixels = patch, BlockMetres = null, ValidationShare = 0, TestShare = 0 }, new());
        }

        return Dataset.Open(_folder.File("set"));
    }

    private static (float[] Reflectance, byte[] Label) Read(DatasetPatches patches)
    {
        // stale values must not shine through
        float[] reflectance = [.. Enumerable.Repeat(9f, 2 * patches.SizePixels * patches.SizePixels)];
        byte[] label = [.. Enumerable.Repeat((byte)9, patches.SizePixels * patches.SizePixels)];
        patches.Read(0, reflectance, label);
        return (reflectance, label);
    }
}
