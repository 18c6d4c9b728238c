using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using static Asm.Tests.Analysis.Ensembling.Dates;

namespace Asm.Tests.Analysis.Ensembling;

public sealed class EnsembleTests
{
    [Fact]
    public void Means_are_over_the_dates_with_data_and_the_highest_is_the_class()
    {
        GeoGrid grid = Stacks.Grid(3, 1);
        ProbabilityMap first = Floats(grid, 0.6f, -1, 0.2f, 0.3f, -1, 0.3f, 0.1f, -1, 0.5f);
        ProbabilityMap second = Floats(grid, 0.1f, -1, -1, 0.5f, -1, -1, 0.4f, -1, -1);

        Result result = Run([first, second], floats: true);

        Assert.Equal([2, 0, 3], result.Classes.Samples);
        Assert.Equal([2, 0, 1], result.Counts.Samples);
        Assert.Equal([0.35f, -1, 0.2f, 0.4f, -1, 0.3f, 0.25f, -1, 0.5f], result.Floats!.Samples.Select(p => MathF.Round(p, 6)));
        // One of two dates says built; the only date agrees with itself.
        Assert.Equal([128, 0, 255], result.Agreement.Samples);
        Assert.Equal([102, 0, 128], result.Confidence.Samples);
        Assert.Equal([13, 0, 51], result.Margin.Samples);
    }

    [Fact]
    public void Ties_go_to_the_lowest_code_and_are_exact_in_bytes()
    {
        GeoGrid grid = Stacks.Grid(1, 1);
        // 60 + 74 + 126 = 126 + 60 + 74, which sums of 1/255 in floating point do not find equal in any order.
        Result result = Run([Bytes(grid, 69, 60, 126), Bytes(grid, 121, 74, 60), Bytes(grid, 55, 126, 74)]);

        Assert.Equal([2], result.Classes.Samples);
        Assert.Equal([82, 87, 87], result.Bytes!.Samples);
    }

    [Fact]
    public void Means_of_bytes_are_rounded_half_up() => Assert.Equal([3, 101, 152], Run([Bytes(Stacks.Grid(1, 1), 2, 100, 153), Bytes(Stacks.Grid(1, 1), 3, 101, 151)]).Bytes!.Samples);

    [Fact]
    public void Entropy_is_1_where_all_classes_are_as_probable_and_lowest_where_one_is_certain()
    {
        GeoGrid grid = Stacks.Grid(3, 1);
        float third = 1f / 3;
        Result result = Run([Floats(grid, third, 1, 0.5f, third, 0, 0.5f, third, 0, 0)], floats: true);

        // ln 2 / ln 3 = 0.63093; certainty is 1, since 0 is no data.
        Assert.Equal([255, 1, 161], result.Entropy.Samples);
    }

    [Fact]
    public void The_ensemble_of_one_date_is_that_date()
    {
        GeoGrid grid = Stacks.Grid(40, 30);
        byte[] bytes = RandomBytes(1, 1200);
        float[] floats = RandomFloats(2, 1200);

        Result ofBytes = Run([Bytes(grid, bytes)]), ofFloats = Run([Floats(grid, floats)], floats: true);

        Assert.Equal(bytes, ofBytes.Bytes!.Samples);
        Assert.Equal(floats, ofFloats.Floats!.Samples);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => floats[i] < 0 ? 0 : 255), ofFloats.Agreement.Samples.Select(s => (int)s));
    }

    [Fact]
    public void Dates_that_cover_parts_of_a_tile_are_put_on_the_grid_of_all()
    {
        GeoGrid left = new(2, 1, new(600_000, 700_000), 10, 10, Crs.Utm(30, true)), right = new(2, 2, new(600_010, 700_010), 10, 10, Crs.Utm(30, true));
        Result result = Run([Bytes(left, 200, 200, 20, 20, 30, 30), Bytes(right, 1, 2, 195, 1, 3, 4, 10, 10, 251, 249, 50, 244)]);

        GeoGrid grid = result.Classes.Info.Grid;
        Assert.Equal((3, 2, new MapPoint(600_000, 700_010)), (grid.Width, grid.Height, grid.Origin));
        Assert.Equal([0, 1, 1, 1, 2, 1], result.Counts.Samples);
        Assert.Equal([0, 3, 3, 1, 1, 3], result.Classes.Samples);
    }

    [Fact]
    public void Maps_of_different_encodings_are_averaged_as_probabilities()
    {
        GeoGrid grid = Stacks.Grid(1, 1);
        ProbabilityMap percent = ProbabilityMap.Of(new MemoryRaster<ushort>(grid, [.. Classes.Select(n => new BandInfo { Name = n, NoData = 65535 })], [10, 30, 60]), 100);

        Result result = Run([Floats(grid, 0.5f, 0.25f, 0.25f), percent], floats: true);

        Assert.Equal([0.3f, 0.275f, 0.425f], result.Floats!.Samples.Select(p => MathF.Round(p, 6)));
        Assert.Equal([3], result.Classes.Samples);
        Assert.Equal([128], result.Agreement.Samples);
    }

    [Theory]
    [InlineData(1, 450L << 20)]
    [InlineData(7, 450L << 20)]
    [InlineData(2, 3L << 20)]
    public void Nothing_depends_on_threads_or_memory(int threads, long memory)
    {
        GeoGrid grid = Stacks.Grid(700, 600);
        ProbabilityMap[] Dates() => [.. Enumerable.Range(0, 3).Select(i => Bytes(grid, RandomBytes(i, 420_000)))];

        Assert.Equal(Run(Dates()).All, Run(Dates(), run: new RunOptions { Threads = threads, MaxMemoryBytes = memory }).All);
    }

    [Theory]
    [InlineData(16, 450L << 20)]
    [InlineData(512, 20L << 20)]
    public void Nothing_depends_on_the_tiles_of_the_files(int tileSize, long memory)
    {
        using var folder = new TempFolder();
        GeoGrid grid = Stacks.Grid(530, 140);
        ProbabilityMap[] inMemory = [.. Enumerable.Range(0, 3).Select(i => Bytes(grid, RandomBytes(i, 530 * 140)))];
        GeoTiffSource[] files = [.. inMemory.Select((map, i) =>
        {
            using (CogSink sink = CogSink.Create(folder.File($"{i}.tif"), map.Source.Info, new() { TileSize = tileSize })) RasterCopy.Run(map.Source, sink);
            return GeoTiffSource.Open(folder.File($"{i}.tif"));
        })];

        Assert.Equal(Run(inMemory).All, Run([.. files.Select(f => ProbabilityMap.Of(f))], run: new RunOptions { MaxMemoryBytes = memory }).All);
        foreach (GeoTiffSource file in files) file.Dispose();
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(-0.25f)]
    public void What_is_no_probability_is_an_error_that_names_the_pixel(float sample)
    {
        var samples = new float[3 * 100];
        samples[100 + 37] = sample;
        AsmException error = Assert.Throws<AsmException>(() => Run([Floats(Stacks.Grid(10, 10), samples)], floats: true));
        Assert.Contains($"floats: band 2 (built) has probability {sample} in column 7, row 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3f, 0.1f, 0.1f, "add up to 0.5 in column 1, row 0", "divide each by their sum")]
    [InlineData(0.9f, 0.9f, 0.9f, "add up to 2.7 in column 1, row 0", "divide each by their sum")]
    [InlineData(30f, 20f, 50f, "has probability 30 in column 1, row 0", "fix: give `full-scale` 100")]
    [InlineData(200f, 50f, 5f, "has probability 200 in column 1, row 0", "fix: give `full-scale` 255")]
    [InlineData(0f, 30000f, 35535f, "has probability 30000 in column 1, row 0", "fix: give `full-scale` 65535")]
    public void Probabilities_that_do_not_add_up_to_1_are_refused_and_their_scale_is_named(float a, float b, float c, string found, string fix)
    {
        AsmException error = Assert.Throws<AsmException>(() => Run([Floats(Stacks.Grid(2, 1), 0.2f, a, 0.3f, b, 0.5f, c)], floats: true));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilities_of_any_scale_are_read_where_it_is_given()
    {
        GeoGrid grid = Stacks.Grid(1, 1);
        BandInfo[] bands = [.. Classes.Select(n => new BandInfo { Name = n })];
        ProbabilityMap percent = ProbabilityMap.Of(new MemoryRaster<float>(grid, bands, [30, 20, 50]), 100);
        ProbabilityMap words = ProbabilityMap.Of(new MemoryRaster<ushort>(grid, bands, [19660, 13107, 32768]), 65535);
        Result result = Run([percent, words], floats: true);
        Assert.Equal([0.3f, 0.2f, 0.5f], result.Floats!.Samples.Select(p => MathF.Round(p, 4)));
    }

    [Fact]
    public void Zero_in_all_classes_is_no_data()
    {
        BandInfo[] bands = [.. Classes.Select(n => new BandInfo { Name = n })];
        ProbabilityMap map = ProbabilityMap.Of(new MemoryRaster<float>(Stacks.Grid(2, 1), bands, [0, 0.2f, 0, 0.3f, 0, 0.5f]));
        Assert.Equal([0, 3], Run([map], floats: true).Classes.Samples);
    }

    [Theory]
    [InlineData("f32_0undeclared.tif", "601 px")]
    [InlineData("sum_half.tif", "add up to 0.5 in column 30, row 0")]
    public void Real_probabilities_of_other_programs_are_read_or_refused(string name, string expected)
    {
        using var folder = new TempFolder();
        (_, string output, string error) = AsmProgram.Run("ensemble", SharedData.Require("cases/probabilities/" + name), "-o", folder.File("out"));
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nan_is_no_data() => Assert.Equal([0], Run([Floats(Stacks.Grid(1, 1), 0.1f, float.NaN, 0.2f)], floats: true).Counts.Samples);

    [Theory]
    [InlineData(600_005, 700_000, 10, 32630, "do not coincide")]
    [InlineData(600_000, 700_000, 20, 32630, "do not coincide")]
    [InlineData(600_000, 700_000, 10, 32631, "do not coincide")]
    [InlineData(600_100, 700_000, 10, 32630, "covers no pixel of any other date")]
    public void Dates_that_do_not_belong_together_are_refused(double x, double y, double size, int epsg, string expected)
    {
        GeoGrid first = new(10, 10, new(600_000, 700_000), 10, 10, Crs.Utm(30, true)), other = new(10, 10, new(x, y), size, size, Crs.FromEpsg(epsg));
        AsmException error = Assert.ThrowsAny<AsmException>(() => Run([Bytes(first, new byte[300]), Bytes(other, new byte[300])]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\u000a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_of_other_classes_are_refused_and_no_output_is_completed()
    {
        GeoGrid grid = Stacks.Grid(1, 1);
        ProbabilityMap other = ProbabilityMap.Of(new MemoryRaster<byte>(grid, [.. Classes.Reverse().Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1.0 / 255 })]));
        AsmException error = Assert.Throws<AsmException>(() => Run([Bytes(grid, 1, 2, 3), other]));
        Assert.Contains("its classes are 1 vegetation, 2 built, 3 mines, those of bytes are 1 mines, 2 built, 3 vegetation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_memory_is_refused_with_what_is_needed()
    {
        AsmException error = Assert.Throws<AsmException>(() => Run([Bytes(Stacks.Grid(700, 600), new byte[3 * 420_000])], run: new RunOptions { MaxMemoryBytes = 1 << 20 }));
        Assert.Contains("the memory limit is 1 MiB", error.Message, StringComparison.Ordinal);
    }
}
