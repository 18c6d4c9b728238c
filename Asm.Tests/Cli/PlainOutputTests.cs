using System.IO.Compression;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

/// <summary>What reaches the terminal of names that come from files.</summary>
public sealed class PlainOutputTests : IDisposable
{
    private const string Evil = "\u001b[31mRED\u0007\u202e\u009b2J\u007f";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Names_of_files_classes_and_fields_are_shown_as_plain_text(string format)
    {
        new MemoryRaster<byte>(new GeoGrid(8, 8, new(600_000, 700_000), 10, 10, Crs.Utm(30, north: true)),
            [new() { Name = Evil, NoData = 0 }], [.. Enumerable.Repeat((byte)1, 64)]).Save(_folder.File("map.tif"));
        File.WriteAllText(_folder.File("zones.geojson"), """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"\u001b[31mRED\u202e":"a"},"geometry":
            {"type":"Polygon","coordinates":[[[-2.1,6.3],[-2.0,6.3],[-2.0,6.4],[-2.1,6.3]]]}}]}
            """);
        File.WriteAllText(_folder.File("p.yaml"), "? \"\\x1b[31mRED\\u202e\"\n: 1\n");
        using (ZipArchive zip = ZipFile.Open(_folder.File("a.zip"), ZipArchiveMode.Create)) zip.CreateEntry($"../{Evil}");
        foreach (string[] line in new string[][]
        {
            ["inspect", _folder.File("map.tif")],
            ["inspect", _folder.File($"{Evil}.tif")],
            ["zones", _folder.File("map.tif"), "--zones", _folder.File("zones.geojson"), "--id", "none", "-o", _folder.File("z.csv")],
            ["prepare", _folder.File("a.zip"), "-o", _folder.File("s.tif")],
            ["run", _folder.File("p.yaml"), "--dry-run"],
            ["inspect", _folder.File("map.tif"), "--threads", Evil],
        })
        {
            (_, string output, string error) = AsmProgram.Run([.. line, "--log-format", format]);
            Assert.DoesNotContain(output + error, c => char.IsControl(c) && c is not ('\n' or '\r'));
            Assert.DoesNotContain(output + error, c => c is '\u202e');
            if (line[0] != "inspect" || line[1].EndsWith("map.tif", StringComparison.Ordinal) && line.Length == 2) Assert.Contains("RED", output + error, StringComparison.Ordinal);
            Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("quantize x.onnx -o y.onnx --range foo", "error: --range is 'foo'; expected: one of percentile, minmax, leastsquares")]
    [InlineData("quantize x.onnx -o y.onnx --target much", "error: --target is 'much'; expected: a number")]
    [InlineData("quantize x.onnx -o y.onnx --target 2", "error: --target is 2; expected: 0 to 1")]
    [InlineData("quantize x.onnx -o y.onnx --seed -1", "error: --seed is '-1'; expected: a whole number, not too large")]
    public void A_value_that_cannot_be_read_is_told_without_types(string line, string found)
    {
        using var told = new StringWriter();
        TextWriter before = Console.Error;
        Console.SetError(told);
        try { Assert.Equal(2, Asm.Training.Verbs.AsmTrain.Run(line.Split(' '))); }
        finally { Console.SetError(before); }
        Assert.StartsWith(found, told.ToString(), StringComparison.Ordinal);
    }
}
