using Asm.Raster.GeoTiff.Reading;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class ProductVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prepare_warns_of_level_1C_and_cuts_out_a_part()
    {
        string root = SafeFolder.Write(_folder);
        File.Move(Path.Combine(root, "MTD_MSIL2A.xml"), Path.Combine(root, "MTD_MSIL1C.xml"));
        File.WriteAllText(Path.Combine(root, "MTD_MSIL1C.xml"), SafeFolder.ProductXml("1C"));
        (int exit, string output, string error) = AsmProgram.Run("prepare", root, "-o", _folder.File("stack.tif"), "--bounds", "600100,699820,600300,700000");
        Assert.Equal((0, ""), (exit, exit == 0 ? "" : error));
        Assert.Contains("warning: S2A_MSIL1C_20230115T102341_N0509_R065_T30NWM_20230115T163702 is a level 1C product", error, StringComparison.Ordinal);
        Assert.Contains("20 x 18 px of 10 x 10, origin (600100, 700000), EPSG:32630", output, StringComparison.Ordinal);
        using GeoTiffSource stack = GeoTiffSource.Open(_folder.File("stack.tif"));
        Assert.Contains("\"level\":\"L1C\",\"baseline\":\"05.09\",\"tile\":\"30NWM\"", stack.Info.Metadata["ASM_PRODUCT"], StringComparison.Ordinal);
        Assert.Contains("\"bounds\":\"600100,699820,600300,700000\"", stack.Info.Metadata["ASM_OPTIONS"], StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_tells_what_a_product_is()
    {
        (int exit, string output, _) = AsmProgram.Run("inspect", SafeFolder.Write(_folder));
        Assert.Equal(0, exit);
        foreach (string line in new[]
        {
            "level            2A, surface reflectance", "baseline         05.09", "tile             30NWM", "sensed           2023-01-15 10:23:41 UTC",
            "offset           -1000 (BOA_ADD_OFFSET of MTD_MSIL2A.xml)", "quantification   10000", "clouds           12.5 %", "sun zenith       32.5 degrees",
        })
            Assert.Contains(line + "\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_takes_a_product_and_its_maps_tell_what_they_come_from()
    {
        string root = SafeFolder.Write(_folder);
        (int exit, _, string error) = AsmProgram.Run("predict", root, "-o", _folder.File("maps"), "--outputs", "classes");
        Assert.Equal((0, ""), (exit, exit == 0 ? "" : error));
        using GeoTiffSource map = GeoTiffSource.Open(Path.Combine(_folder.File("maps"), SafeFolder.Name[..^5] + ".classes.tif"));
        Assert.Contains("\"tile\":\"30NWM\"", map.Info.Metadata["ASM_PRODUCT"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bounds", "1,2,3", 2, " is '1,2,3'; expected: WEST,SOUTH,EAST,NORTH with west below east and south below north")]
    [InlineData("--bounds", "3,2,1,4", 2, " is '3,2,1,4'; expected: WEST,SOUTH,EAST,NORTH")]
    [InlineData("--bounds", "a,b,c,d", 2, " is 'a,b,c,d'; expected: WEST,SOUTH,EAST,NORTH")]
    [InlineData("--area-layer", "x", 1, ": is given without --area\n")]
    public void Bounds_and_layers_that_cannot_be_are_refused(string option, string value, int expected, string message)
    {
        string scene = SafeFolder.WriteFlat(_folder.File("scene"));
        (int exit, _, string error) = AsmProgram.Run("prepare", scene, "-o", _folder.File("stack.tif"), option, value);
        Assert.Equal(expected, exit);
        Assert.StartsWith($"error: {option}{message}", error, StringComparison.Ordinal);
        Assert.Equal(["scene"], _folder.Names);
    }
}
