using System.Globalization;
using System.Numerics;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Classes;

public sealed class RecodedMapTests
{
    private const string Named = "mines,built,vegetation";

    [Fact]
    public void Whole_numbers_of_any_type_are_codes()
    {
        Assert.Equal([1, 2, 3, 0], Codes(Map<short>(-9999, "", 1, 2, 3, -9999)));
        Assert.Equal([1, 2, 3, 0], Codes(Map<float>(double.NaN, "", 1, 2, 3, float.NaN)));
        Assert.Equal([1, 2, 3, 0], Codes(Map<float>(null, "", 1, 2, 3, float.NaN)));
        Assert.Equal([1, 2, 3, 0], Codes(Map<double>(-1.7976931348623157e308, "", 1, 2, 3, -1.7976931348623157e308)));
        Assert.Equal([1, 2, 3, 0], Codes(Map<float>(-3.4e38, "", 1, 2, 3, -3.4028235e38f)));
        Assert.Equal([1, 3, 0, 0], Codes(Map<int>(null, "", 1, 3, 0, 0)));
        Assert.Equal([1, 2, 3, 0], Codes(Map<byte>(255, "", 1, 2, 3, 255)));
        Assert.Equal([1, 2, 254, 0], Codes(Map<ushort>(65535, "", 1, 2, 254, 65535)));
    }

    [Fact]
    public void Codes_from_0_are_one_higher_and_their_names_and_colours_with_them()
    {
        ClassMap map = Map<byte>(255, Named, 0, 1, 2, 255);
        Assert.Equal([1, 2, 3, 0], Codes(map));
        Assert.Equal(["1 mines", "2 built", "3 vegetation"], map.Classes.Select(c => $"{c.Code} {c.Name}"));
        Assert.Equal([1], map.Select("mines"));
        Assert.Equal([1, 2, 3, 0], Codes(Map<short>(-1, Named, 0, 1, 2, -1)));
        Assert.Equal([1, 2, 1, 3], Codes(Map<byte>(null, Named, 0, 1, 0, 2)));
    }

    [Fact]
    public void Zero_that_the_names_call_no_data_stays_no_data()
    {
        ClassMap map = Map<byte>(255, "unclassified," + Named, 0, 1, 2, 255);
        Assert.Equal([0, 1, 2, 0], Codes(map));
        Assert.Equal(["mines", "built", "vegetation"], map.Classes.Select(c => c.Name));
        Assert.Equal([0, 1, 2, 3], Codes(Map<byte>(0, Named, 0, 1, 2, 3)));
    }

    [Fact]
    public void Without_names_0_1_and_2_are_the_three_classes_and_that_is_told()
    {
        var told = new List<string>();
        ClassMap map = ClassMap.Of(Raster<byte>(255, "", 0, 1, 2, 255), new RunOptions { Notice = told.Add });
        Assert.Equal([1, 2, 3, 0], Codes(map));
        Assert.Equal("map.tif: names no classes and counts from 0: 0 mines, 1 built, 2 vegetation are assumed", Assert.Single(told));
    }

    [Fact]
    public void What_0_and_255_are_taken_for_is_told_where_nothing_says_it()
    {
        var told = new List<string>();
        Assert.Equal([0, 1, 3, 255], Codes(ClassMap.Of(Raster<byte>(null, "", 0, 1, 3, 255), new RunOptions { Notice = told.Add })));
        Assert.Equal(["map.tif: declares no number for no data and names no classes; 0 was taken for no data",
            "map.tif: declares no number for no data; 255 was taken for a class. If it means no data, say so: gdal_translate -a_nodata 255 map.tif OUT.tif"], told);
        Assert.Contains("holds the codes 0 to 2, names no classes and declares no number for no data, so that it is not known what 0 means\n",
            Assert.Throws<AsmException>(() => Map<byte>(null, "", 0, 1, 2, 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 1 1 255")]
    [InlineData("0 1 2 3")]
    public void Without_names_other_codes_from_0_are_refused(string values) =>
        Assert.Contains("name the codes from 0 in the .aux.xml beside it (CategoryNames)",
            Assert.Throws<AsmException>(() => Map<byte>(255, "", [.. values.Split(' ').Select(v => byte.Parse(v, CultureInfo.InvariantCulture))])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_is_no_code_is_told_with_its_place()
    {
        Assert.Contains("has 2.5 in column 1, row 0, which is no code of a class", Refusal(Map<float>(null, "", 1, 2.5f, 3, 1)), StringComparison.Ordinal);
        Assert.Contains("gdal_translate -a_nodata -9999 IN OUT", Refusal(Map<short>(null, "", 1, -9999, 3, 1)), StringComparison.Ordinal);
        Assert.Contains("has -1 in column 1, row 0", Refusal(Map<short>(-9999, Named, 0, -1, 1, 2)), StringComparison.Ordinal);
        Assert.Contains("has 300 in column 3, row 0", Refusal(Map<ushort>(null, "", 1, 2, 3, 300)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_mask_excludes_is_no_data_and_not_class_0()
    {
        var masked = new Masked(Raster<byte>(255, Named, 0, 1, 2, 0));
        Assert.Equal([0, 2, 3, 1], Codes(ClassMap.Of(masked)));
        Assert.Equal([0, 2, 3, 1], Codes(ClassMap.Of(MaskedCodes.Of(masked))));
    }

    [Fact]
    public void The_codes_of_this_product_are_read_as_they_are()
    {
        MemoryRaster<byte> raster = Raster<byte>(0, "no data," + Named, 0, 1, 2, 3);
        Assert.Same(raster, ClassMap.Of(raster).Source);
    }

    [Theory]
    [InlineData("zero_is_mines.tif")]
    [InlineData("i16_m9999.tif")]
    [InlineData("f32nan.tif")]
    public void Real_maps_of_other_programs_have_the_hectares_of_the_proper_one(string name)
    {
        using var folder = new TempFolder();
        string map = SharedData.Require("cases/maps/" + name);
        (int exit, string output, string error) = AsmProgram.Run("polygons", map, "--class", "mines", "-o", folder.File("p.gpkg"));
        Assert.True(exit == 0, error);
        Assert.Contains("1,999 pixels, 19.99 ha", output, StringComparison.Ordinal);
    }

    private static string Refusal(ClassMap map) => Assert.Throws<AsmException>(() => Codes(map)).Message;

    private static byte[] Codes(ClassMap map)
    {
        Assert.Equal((SampleType.UInt8, 0.0), (map.Source.Info.SampleType, map.Source.Info.Bands[0].NoData ?? 0));
        var codes = new byte[4];
        map.Source.Read<byte>(map.Source.Info.Grid.FullWindow, [0], codes);
        return codes;
    }

    private static ClassMap Map<T>(double? noData, string names, params T[] values) where T : unmanaged, INumber<T> => ClassMap.Of(Raster(noData, names, values));

    private static MemoryRaster<T> Raster<T>(double? noData, string names, params T[] values) where T : unmanaged, INumber<T> => new(new RasterInfo
    {
        Grid = Stacks.Grid(4, 1),
        SampleType = SampleTypes.Of<T>(),
        Bands = [new BandInfo { NoData = noData }],
        ClassNames = names.Length == 0 ? [] : names.Split(','),
    }, values, "map.tif");

    private sealed class Masked(IRasterSource source) : IRasterSource
    {
        public string Name => source.Name;

        public RasterInfo Info => source.Info;

        public void Read<T>(Asm.Raster.Grids.PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> => source.Read(window, bands, destination);

        public void ReadMask(Asm.Raster.Grids.PixelWindow window, Span<byte> valid)
        {
            valid.Fill(1);
            if (window.Column == 0) valid[0] = 0;
        }

        public void Dispose() => source.Dispose();
    }
}
