using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;
using Asm.Training.Datasets;

namespace Asm.Tests.Training.Datasets;

public sealed class PlaceSplitTests : IDisposable
{
    private static readonly DatasetOptions Blocks = new() { Description = "a test", PatchPixels = 1, Patches = 10, BlockMetres = 100, LabelledShare = 0 };
    private static readonly DatasetOptions Whole = Blocks with { BlockMetres = null };
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_piece_of_ground_has_the_same_split_in_all_scenes_that_show_it()
    {
        // two dates, and a neighbour that overlaps them by 30 columns and is shifted by 7 rows
        using Dataset dataset = Write(Blocks, ("date1", SmallScenes.Grid(100, 80)), ("date2", SmallScenes.Grid(100, 80)), ("beside", SmallScenes.Grid(100, 80, x: 600_700, y: 699_930)));
        var ofGround = new Dictionary<(int, int), Split>();
        foreach (DatasetScene scene in dataset.Manifest.Scenes)
        {
            Split[] splits = SmallScenes.SplitsOf(dataset, scene.Name);
            for (int i = 0; i < splits.Length; i++)
            {
                var ground = ((int)(scene.OriginX / 10) + i % scene.Width, (int)(scene.OriginY / 10) - i / scene.Width);
                if (!ofGround.TryAdd(ground, splits[i])) Assert.Equal(ofGround[ground], splits[i]);
            }
        }

        // blocks are squares of 100 m from the origin of the reference system
        Assert.All(ofGround.GroupBy(g => (g.Key.Item1 / 10, (g.Key.Item2 - 1) / 10)), block => Assert.Single(block.Select(g => g.Value).Distinct()));
        Assert.Equal([Split.Train, Split.Validation, Split.Test], ofGround.Values.Distinct().Order());
    }

    [Fact]
    public void Each_class_is_shared_out_as_asked()
    {
        var random = new Random(3);
        // the third class is ten times as frequent as the first
        byte[] labels = [.. Enumerable.Range(0, 200 * 200).Select(_ => (byte)(random.Next(12) switch { 0 => 1, 1 => 2, _ => 3 }))];
        DatasetManifest manifest = SmallScenes.Write(_folder.File("set"), Blocks with { ValidationShare = 0.2, TestShare = 0.1 }, ("one", SmallScenes.Grid(200, 200), labels));
        for (int c = 0; c < 3; c++)
        {
            double total = manifest.LabelledPixels.Values.Sum(p => p[c]);
            Assert.Equal(0.7, manifest.LabelledPixels["train"][c] / total, 0.02);
            Assert.Equal(0.2, manifest.LabelledPixels["validation"][c] / total, 0.02);
            Assert.Equal(0.1, manifest.LabelledPixels["test"][c] / total, 0.02);
        }
    }

    [Fact]
    public void Another_seed_gives_other_places_and_the_same_seed_the_same()
    {
        Split[] Splits(string name, ulong seed)
        {
            SmallScenes.Write(_folder.File(name), Blocks with { Seed = seed }, ("one", SmallScenes.Grid(100, 100), [.. Enumerable.Repeat((byte)1, 10_000)]));
            using Dataset dataset = Dataset.Open(_folder.File(name));
            return SmallScenes.SplitsOf(dataset, "one");
        }

        Assert.Equal(Splits("a", 1), Splits("b", 1));
        Assert.NotEqual(Splits("c", 2), Splits("d", 3));
    }

    [Fact]
    public void Whole_scenes_go_together_where_they_overlap_and_not_where_they_only_touch()
    {
        (string, GeoGrid)[] scenes = [.. Enumerable.Range(0, 30).Select(i => ($"chip{i}", SmallScenes.Grid(10, 10, x: 600_000 + i % 6 * 100, y: 700_000 - i / 6 * 100))), ("again", SmallScenes.Grid(10, 10, x: 599_980, y: 700_020))];
        string[] groups = SceneGroups.Of([.. scenes.Select(s => Scene(s.Item1, s.Item2))]);
        Assert.Equal(30, groups.Distinct().Count());
        Assert.Equal(groups[0], groups[30]);
        using Dataset dataset = Write(Whole, scenes);
        Assert.All(dataset.Manifest.Scenes, s => Assert.Single(SmallScenes.SplitsOf(dataset, s.Name).Distinct()));
        Assert.Equal(SmallScenes.SplitsOf(dataset, "chip0")[0], SmallScenes.SplitsOf(dataset, "again")[0]);
    }

    [Fact]
    public void Scenes_of_neighbouring_zones_that_show_the_same_ground_go_together()
    {
        // 3 degrees west, the edge between zones 30 and 31 at the equator: 833,978.6 east in zone 30 is 166,021.4 in zone 31
        GeoGrid west = SmallScenes.Grid(100, 100, x: 833_500, y: 100_000), east = SmallScenes.Grid(100, 100, x: 166_000, y: 100_000, crs: Crs.Utm(31, north: true));
        GeoGrid beyond = SmallScenes.Grid(100, 100, x: 167_500, y: 100_000, crs: Crs.Utm(31, north: true));
        string[] groups = SceneGroups.Of([Scene("west", west), Scene("east", east), Scene("beyond", beyond)]);
        Assert.Equal(["west", "west", "beyond"], groups);
        string message = Assert.Throws<AsmException>(() => Write(Blocks, ("west", west), ("east", east))).Message;
        Assert.Contains("east: it lies on the same ground as west, in EPSG:32631 instead of EPSG:32630", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenes_that_say_that_they_are_of_one_place_go_together_without_a_georeference()
    {
        GeoGrid nowhere = new(4, 4, new(0, 0), 1, 1, null);
        DatasetScene[] scenes = [.. new[] { ("a", "1"), ("b", "2"), ("c", "1"), ("d", null) }.Select(s => Scene(s.Item1, nowhere) with { Ground = s.Item2 })];
        Assert.Equal(["a", "b", "a", "d"], SceneGroups.Of(scenes));
    }

    [Fact]
    public void The_ground_of_a_given_scene_is_its_splits_in_all_scenes()
    {
        // "test" overlaps the right 20 columns of "train"; "validation" lies on the last 10 of those
        Dictionary<string, Split> given = new() { ["test"] = Split.Test, ["validation"] = Split.Validation };
        using Dataset dataset = Write(Whole with { Given = given, ValidationShare = 0, TestShare = 0 },
            ("train", SmallScenes.Grid(50, 10)), ("test", SmallScenes.Grid(50, 10, x: 600_300)), ("validation", SmallScenes.Grid(60, 10, x: 600_400)));
        Assert.Equal([.. Enumerable.Repeat(Split.Train, 30), .. Enumerable.Repeat(Split.Test, 20)], SmallScenes.SplitsOf(dataset, "train")[..50]);
        Assert.Equal([Split.Test], SmallScenes.SplitsOf(dataset, "test").Distinct());
        Assert.Equal([.. Enumerable.Repeat(Split.Test, 40), .. Enumerable.Repeat(Split.Validation, 20)], SmallScenes.SplitsOf(dataset, "validation")[..60]);
        Assert.Equal("whole scenes, 0 % validation, 0 % test, seed 1, 1 scenes given to validation, 1 scenes given to test", dataset.Manifest.SplitRule);
    }

    [Fact]
    public void A_given_name_that_no_scene_has_is_an_error() =>
        Assert.Contains("two: no scene has this name\n  expected: one of one", Assert.Throws<AsmException>(() => Write(Whole with { Given = new Dictionary<string, Split> { ["two"] = Split.Test } }, ("one", SmallScenes.Grid(4, 4)))).Message, StringComparison.Ordinal);

    private Dataset Write(DatasetOptions options, params (string Name, GeoGrid Grid)[] scenes)
    {
        SmallScenes.Write(_folder.File("set"), options, [.. scenes.Select(s => (s.Name, s.Grid, Enumerable.Range(0, s.Grid.Width * s.Grid.Height).Select(i => (byte)(i % 3 + 1)).ToArray()))]);
        return Dataset.Open(_folder.File("set"));
    }

    private static DatasetScene Scene(string name, GeoGrid grid) => new()
    {
        Name = name,
        Source = name,
        Width = grid.Width,
        Height = grid.Height,
        FirstPixel = 0,
        OriginX = grid.Origin.X,
        OriginY = grid.Origin.Y,
        PixelWidth = grid.PixelWidth,
        PixelHeight = grid.PixelHeight,
        Crs = grid.Crs?.ToString(),
    };
}
