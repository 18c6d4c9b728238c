using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

/// <summary>ensemble, mosaic and change from the command line, one after the other.</summary>
public sealed class SeasonVerbsTests : IDisposable
{
    private static readonly string[] Classes = ["mines", "built", "vegetation"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dates_become_seasons_then_a_mosaic_then_changes_with_tables()
    {
        foreach (string season in (string[])["2018", "2019", "2020"])
            foreach (int tile in (int[])[0, 1])
            {
                string[] dates = [.. Enumerable.Range(0, 2).Select(d => Probabilities($"{season}-{tile}-{d}.tif", 600_000 + 400 * tile, season[^1] + 10 * tile + d))];
                Done("ensemble", [.. dates, "-o", _folder.File($"maps/{season}-{tile}")]);
            }
        Assert.Contains("2018-0.agreement.tif", Directory.GetFiles(_folder.File("maps")).Select(Path.GetFileName));
        foreach (string season in (string[])["2018", "2019", "2020"])
        {
            string said = Done("mosaic", _folder.File($"maps/{season}-0.classes.tif"), _folder.File($"maps/{season}-1.classes.tif"), "-o", _folder.File($"{season}.tif"));
            Assert.Contains("grid: 90 x 40 px of 10 x 10, origin (600000, 700000), EPSG:32630", said, StringComparison.Ordinal);
        }
        string pair = Done("change", _folder.File("2018.tif"), _folder.File("2019.tif"), "-o", _folder.File("change.tif"));
        Assert.Contains("vegetation to mines", pair, StringComparison.Ordinal);
        string[] table = File.ReadAllLines(_folder.File("change.csv"));
        Assert.Equal("from,to,code,pixels,hectares", table[0]);
        Assert.Equal(3600, table.Skip(1).Sum(line => long.Parse(line.Split(',')[3])));

        Done("change", _folder.File("2018.tif"), _folder.File("2019.tif"), _folder.File("2020.tif"), "-o", _folder.File("out/ghana"), "--persistence");
        Assert.Equal(["ghana.1-2.csv", "ghana.1-2.tif", "ghana.1-2.tif.aux.xml", "ghana.1-3.csv", "ghana.1-3.tif", "ghana.1-3.tif.aux.xml", "ghana.2-3.csv", "ghana.2-3.tif", "ghana.2-3.tif.aux.xml",
            "ghana.areas.csv", "ghana.persistence.csv", "ghana.persistence.tif", "ghana.persistence.tif.aux.xml"], Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllText(_folder.File("change.csv")), File.ReadAllText(_folder.File("out/ghana.1-2.csv")));
        Assert.Equal(13, File.ReadAllLines(_folder.File("out/ghana.areas.csv")).Length);
    }

    [Fact]
    public void Gdal_sees_the_change_of_numpy_with_names_and_colours()
    {
        string before = Codes("before.tif", 1), after = Codes("after.tif", 2);
        Done("change", before, after, "-o", _folder.File("change.tif"));

        string said = PeerTool.Run("/usr/bin/python3", "-c", """
            import sys, numpy as np
            from osgeo import gdal
            gdal.UseExceptions()
            b, a = (gdal.Open(p).ReadAsArray().astype(int) for p in sys.argv[1:3]); d = gdal.Open(sys.argv[3]); band = d.GetRasterBand(1)
            print((d.ReadAsArray() == np.where((b > 0) & (a > 0), 10 * b + a, 0)).all(), band.GetNoDataValue(), band.GetCategoryNames()[31], band.GetColorTable().GetColorEntry(31)[:3], d.GetMetadataItem('ASM_CHANGE_CLASSES'))
            """, before, after, _folder.File("change.tif"));

        Assert.Equal("""True 0.0 vegetation to mines (213, 94, 0) ["mines","built","vegetation"]""", said.Trim());
    }

    [Fact]
    public void Ensembles_differ_in_no_byte_whatever_the_threads()
    {
        string[] dates = [Probabilities("a.tif", 600_000, 1), Probabilities("b.tif", 600_100, 2)];
        Done("ensemble", [.. dates, "-o", _folder.File("x/s"), "--outputs", "classes,probabilities,dates,agreement,confidence,entropy,margin"]);
        string[] files = [.. Directory.GetFiles(_folder.File("x")).Order(StringComparer.Ordinal)];
        byte[][] first = [.. files.Select(File.ReadAllBytes)];
        Done("ensemble", [.. dates, "-o", _folder.File("x/s"), "--outputs", "classes,probabilities,dates,agreement,confidence,entropy,margin", "--overwrite", "--threads", "1"]);
        Assert.Equal(8, files.Length);
        Assert.Equal(first, files.Select(File.ReadAllBytes));
    }

    [Fact]
    public void Inputs_are_neither_written_over_nor_counted_twice()
    {
        string date = Probabilities("x.probabilities.tif", 600_000, 1), map = Codes("m.tif", 1);
        Refused("is one of the inputs", "ensemble", date, "-o", _folder.File("x"), "--overwrite");
        Refused("is given twice", "ensemble", date, date, "-o", _folder.File("y"));
        Refused("is one of the inputs", "mosaic", map, "-o", map, "--overwrite");
        Refused("is one of the inputs", "change", map, map, "-o", map, "--overwrite");
        Assert.Equal(["m.tif", "m.tif.aux.xml", "x.probabilities.tif"], _folder.Names);
    }

    [Fact]
    public void Failures_leave_nothing_and_outputs_are_kept_without_overwrite()
    {
        string map = Codes("m.tif", 1), other = Codes("n.tif", 2, 600_010), output = Path.Combine(_folder.File("new"), "c.tif");
        Refused("asm mosaic", "change", map, other, "-o", output);
        Refused("its samples are UInt8 and it states no scale", "ensemble", Probabilities("p.tif", 600_000, 1, scale: 1), "-o", output);
        Refused("q.tif: the pixel in column ", "change", Probabilities("q.tif", 600_000, 1, scale: 1, bands: 1, floats: true), map, "-o", output);
        string damaged = Codes("d.tif", 3);
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^200]);
        Refused("d.tif", "mosaic", map, damaged, "-o", output);
        Assert.False(Directory.Exists(_folder.File("new")));
        File.WriteAllText(_folder.File("taken.csv"), "mine");
        Refused("--overwrite", "change", map, map, "-o", _folder.File("taken.tif"));
        Assert.False(File.Exists(_folder.File("taken.tif")));
        Assert.Equal("mine", File.ReadAllText(_folder.File("taken.csv")));
    }

    [Fact]
    public void A_wrong_command_line_exits_2()
    {
        Assert.Equal(2, AsmProgram.Run("change", "a.tif", "-o", "c.tif").Exit);
        Assert.Equal(2, AsmProgram.Run("change", "a.tif", "b.tif", "-o", "c.tif", "--confirm", "0").Exit);
        Assert.Equal(2, AsmProgram.Run("mosaic", "a.tif", "-o", "c.tif", "--bounds", "1,2,3").Exit);
        Assert.Equal(2, AsmProgram.Run("mosaic", "a.tif", "-o", "c.tif", "--bounds", "-1,2,-3,4").Exit);
        Assert.Equal(2, AsmProgram.Run("mosaic", "a.tif", "-o", "c.tif", "--rule", "last").Exit);
        Assert.Equal(2, AsmProgram.Run("ensemble", "a.tif", "-o", "c", "--full-scale", "0").Exit);
        Assert.Equal(2, AsmProgram.Run("ensemble", "-o", "c").Exit);
    }

    [Theory]
    [InlineData("ensemble")]
    [InlineData("mosaic")]
    [InlineData("change")]
    public void Help_ends_with_examples(string verb)
    {
        (int exit, string output, _) = AsmProgram.Run(verb, "--help");
        Assert.Equal(0, exit);
        Assert.Contains($"  asm {verb} ", output[output.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static string Done(string verb, params string[] arguments)
    {
        (int exit, string output, string error) = AsmProgram.Run([verb, .. arguments]);
        Assert.True(exit == 0, error);
        return output;
    }

    private static void Refused(string expected, params string[] arguments)
    {
        (int exit, _, string error) = AsmProgram.Run(arguments);
        Assert.Equal(1, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private string Probabilities(string name, double west, int seed, double scale = 1.0 / 255, int bands = 3, bool floats = false)
    {
        var random = new Random(seed);
        float[] samples = [.. Enumerable.Range(0, bands * 2000).Select(_ => (float)random.Next(1, 256))];
        for (int i = 0; bands == 3 && i < 2000; i++)
        {
            int first = random.Next(1, 254), second = random.Next(1, 255 - first);
            (samples[i], samples[2000 + i], samples[4000 + i]) = (first, second, 255 - first - second);
        }
        return Write(name, samples, new RasterInfo
        {
            Grid = new GeoGrid(50, 40, new(west, 700_000), 10, 10, Crs.Utm(30, true)),
            SampleType = floats ? SampleType.Float32 : SampleType.UInt8,
            Bands = [.. Classes.Take(bands).Select(c => new BandInfo { Name = c, NoData = 0, Scale = scale })],
        });
    }

    private string Codes(string name, int seed, double west = 600_000)
    {
        var random = new Random(seed);
        return Write(name, [.. Enumerable.Range(0, 2000).Select(_ => (float)random.Next(4))], new RasterInfo
        {
            Grid = new GeoGrid(50, 40, new(west, 700_000), 10, 10, Crs.Utm(30, true)),
            SampleType = SampleType.UInt8,
            Bands = [new() { NoData = 0 }],
            ClassNames = ["no data", .. Classes],
        });
    }

    private string Write(string name, float[] samples, RasterInfo info)
    {
        string path = _folder.File(name);
        using CogSink sink = CogSink.Create(path, info);
        sink.WriteRows<float>(info.Grid.Height, samples);
        sink.Complete();
        return path;
    }
}
