using Asm.Raster.Grids;
using Asm.Tests.Support;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Datasets;

public sealed class PatchDrawTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(4, 0.0)]
    [InlineData(4, 0.3)]
    [InlineData(5, 0.5)]
    [InlineData(12, 0.2)]
    public void With_enough_patches_each_position_is_drawn_once_as_brute_force_finds_them(int size, double share)
    {
        DatasetOptions options = Options(size, share, patches: 1_000_000);
        Write(options);
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        int total = 0;
        foreach (Split split in new[] { Split.Train, Split.Validation, Split.Test })
        {
            PatchPlace[] expected = BruteForce(dataset, split, size, share);
            Assert.Equal(expected, PatchDraw.Draw(dataset, split, 1_000_000, options, CancellationToken.None));
            total += expected.Length;
        }

        Assert.Equal(total, PatchTable.Read(dataset.Folder, dataset.Manifest).Length);
        Assert.True(total > 0);
    }

    [Fact]
    public void Fewer_patches_are_spread_over_all_positions_and_none_comes_twice()
    {
        DatasetOptions options = Options(4, 0.3, patches: 100);
        Write(options);
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        PatchPlace[] all = BruteForce(dataset, Split.Train, 4, 0.3);
        List<PatchPlace> drawn = PatchDraw.Draw(dataset, Split.Train, 100, options, CancellationToken.None);
        int[] positions = [.. drawn.Select(p => Array.IndexOf(all, p))];
        Assert.Equal(100, positions.Distinct().Count());
        for (int i = 0; i < 100; i++) Assert.InRange(positions[i], i * all.Length / 100, (i + 1) * all.Length / 100 - 1);
        Assert.Equal(drawn, PatchDraw.Draw(dataset, Split.Train, 100, options, CancellationToken.None));
        Assert.NotEqual(drawn, PatchDraw.Draw(dataset, Split.Train, 100, options with { Seed = 2 }, CancellationToken.None));
    }

    [Fact]
    public void Chips_are_drawn_once_each()
    {
        (string, GeoGrid, byte[])[] chips = [.. Enumerable.Range(0, 20).Select(i => ($"chip{i}", SmallScenes.Grid(8, 8, x: 100_000 + 80 * i), Enumerable.Repeat((byte)(i % 3 + 1), 64).ToArray()))];
        DatasetManifest manifest = SmallScenes.Write(_folder.File("set"), new DatasetOptions { Description = "chips", PatchPixels = 16, Patches = 16_000, BlockMetres = null }, chips);
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        PatchPlace[] patches = PatchTable.Read(dataset.Folder, dataset.Manifest);
        Assert.Equal(Enumerable.Range(0, 20), patches.Select(p => p.Scene).Order());
        Assert.All(patches, p => Assert.Equal((0, 0), (p.Column, p.Row)));
        Assert.True(manifest.Patches["train"] > manifest.Patches["test"]);
    }

    private static DatasetOptions Options(int size, double share, int patches) => new() { Description = "random", PatchPixels = size, Patches = patches, BlockMetres = 130, LabelledShare = share, ValidationShare = 0.2, TestShare = 0.2 };

    // Two dates of one place, and a small scene elsewhere.
    private void Write(DatasetOptions options)
    {
        var random = new Random(5);
        byte[] Labels(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Math.Max(0, random.Next(-6, 4)))];
        SmallScenes.Write(_folder.File("set"), options with { Patches = int.MaxValue / 4 }, ("one", SmallScenes.Grid(61, 47), Labels(61 * 47)), ("two", SmallScenes.Grid(61, 47), Labels(61 * 47)), ("three", SmallScenes.Grid(7, 5, x: 300_000), Labels(35)));
    }

    private static PatchPlace[] BruteForce(Dataset dataset, Split split, int size, double share)
    {
        var found = new List<PatchPlace>();
        for (int s = 0; s < dataset.Manifest.Scenes.Length; s++)
        {
            DatasetScene scene = dataset.Manifest.Scenes[s];
            int width = Math.Min(size, scene.Width), height = Math.Min(size, scene.Height);
            for (int row = 0; row + height <= scene.Height; row++)
                for (int column = 0; column + width <= scene.Width; column++)
                {
                    bool inside = true;
                    int labelled = 0;
                    for (int y = row; y < row + height; y++)
                        for (int x = column; x < column + width; x++)
                        {
                            inside &= dataset.SplitRow(scene, y)[x] == split;
                            labelled += dataset.LabelRow(scene, y)[x] > 0 ? 1 : 0;
                        }

                    if (inside && labelled >= 1 && labelled >= share * width * height) found.Add(new PatchPlace(s, column, row, split));
                }
        }

        return [.. found];
    }
}
