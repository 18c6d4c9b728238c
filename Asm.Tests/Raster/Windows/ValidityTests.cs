using System.Globalization;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Tests.Raster.GeoTiff.Reading;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Windows;

public sealed class ValidityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Floats { get; } = new()
    {
        { "-3.4e+38", "0 0 0 1 1 1 1 1 1 1" },
        { "-3.4028234663852886e+38", "0 0 0 1 1 1 1 1 1 1" },
        { "-3.4028235e+38", "0 0 0 1 1 1 1 1 1 1" },
        { "-3.39999999999999996e+38", "0 0 0 1 1 1 1 1 1 1" },
        { "-9999.9", "1 1 1 1 0 0 1 1 1 1" },
        { "-9999.8999999999996", "1 1 1 1 0 0 1 1 1 1" },
        { "-9999", "1 1 1 1 1 1 1 0 1 1" },
        { "1e+20", "1 1 1 1 1 1 1 1 0 1" },
        { "nan", "1 1 1 1 1 1 1 1 1 1" },
    };

    [Theory]
    [MemberData(nameof(Floats))]
    public void Nodata_of_float32_is_what_gdal_takes_for_it(string text, string expected)
    {
        float[] samples = [-3.4028235e38f, -3.4e38f, -3.402e38f, -1e30f, -9999.9f, -9999.902f, -9999.91f, -9999f, 1e20f, 0.5f];
        string path = File(text, 32, 3, [.. samples.SelectMany(BitConverter.GetBytes)], samples.Length);
        Assert.Equal(expected, Valid<float>(path));
        Assert.Equal(expected, Valid<double>(path));
        Assert.Equal(expected, Gdal(path));
    }

    [Theory]
    [InlineData("-9999.9", "1 1 0 0 1 1 1")]
    [InlineData("-1.7976931348623157e+308", "0 0 1 1 1 1 1")]
    [InlineData("-3.4028234663852886e+38", "1 1 1 1 1 0 1")]
    [InlineData("-3.40282346638529e+38", "1 1 1 1 1 0 1")]
    public void Nodata_of_float64_is_what_gdal_takes_for_it(string text, string expected)
    {
        double[] samples = [-1.7976931348623157e308, -1.797e308, -9999.9, -9999.901, -9999.91, -3.4028234663852886e38, 0.5];
        string path = File(text, 64, 3, [.. samples.SelectMany(BitConverter.GetBytes)], samples.Length);
        Assert.Equal(expected, Valid<double>(path));
        Assert.Equal(expected, Gdal(path));
    }

    [Theory]
    [InlineData("65535", "1 0 1 1")]
    [InlineData("65535.0", "1 0 1 1")]
    [InlineData("0", "0 1 1 1")]
    [InlineData("-9999", "1 1 1 1")]
    [InlineData("65536", "1 1 1 1")]
    [InlineData("1e+20", "1 1 1 1")]
    [InlineData("-3.4e+38", "1 1 1 1")]
    public void Nodata_that_an_integer_cannot_be_is_no_sample(string text, string expected)
    {
        ushort[] samples = [0, 65535, 55537, 1];
        string path = File(text, 16, 1, [.. samples.SelectMany(BitConverter.GetBytes)], samples.Length);
        Assert.Equal(expected, Valid<ushort>(path));
        Assert.Equal(expected, Valid<float>(path));
        Assert.Equal(expected, Gdal(path));
    }

    [Fact]
    public void Nodata_of_an_integer_that_is_not_whole_is_no_sample() =>
        Assert.Equal("1 1", Valid<short>(File("-9999.5", 16, 2, [.. new short[] { -9999, -10000 }.SelectMany(BitConverter.GetBytes)], 2)));

    [Theory]
    [InlineData(null, new byte[] { 0, 1, 1, 1 }, 1)]
    [InlineData(7.0, new byte[] { 0, 1, 1, 0 }, 1)]
    [InlineData(0.0, new byte[] { 0, 0, 1, 1 }, 0)]
    public void Zero_in_all_bands_is_no_data_whatever_is_declared(double? noData, byte[] expected, long undeclared)
    {
        using var raster = new MemoryRaster<short>(Stacks.Grid(4, 1), [new() { NoData = noData }, new() { NoData = noData }], [0, 0, 5, 6, 0, 3, 4, 7]);
        var samples = new short[8];
        var valid = new byte[4];
        Assert.Equal(undeclared, raster.ReadAndCount<short>(raster.Info.Grid.FullWindow, [0, 1], samples, valid));
        Assert.Equal(expected, valid);
    }

    [Fact]
    public void Zero_of_a_single_band_is_a_value()
    {
        using var raster = new MemoryRaster<byte>(Stacks.Grid(2, 1), [new()], [0, 1]);
        var valid = new byte[2];
        raster.ReadWithValidity<byte>(raster.Info.Grid.FullWindow, [0], new byte[2], valid);
        Assert.Equal([1, 1], valid);
    }

    [Fact]
    public void Infinities_and_nan_are_no_data()
    {
        byte[] valid = [1, 1, 1, 1];
        Validity.ClearNoData<float>([float.NaN, float.NegativeInfinity, 0.1f, float.PositiveInfinity], null, valid);
        Assert.Equal([0, 0, 1, 0], valid);
    }

    private string File(string noData, int bits, int format, byte[] samples, int width) =>
        new TiffBuilder().Image(width, 1, bits, format, 1, 1, samples).Text(42113, noData).Save(_folder.File("a.tif"));

    private static string Valid<T>(string path) where T : unmanaged, System.Numerics.INumber<T>
    {
        using GeoTiffSource source = GeoTiffSource.Open(path);
        var valid = new byte[source.Info.Grid.Width];
        source.ReadWithValidity<T>(source.Info.Grid.FullWindow, [0], new T[valid.Length], valid);
        return string.Join(' ', valid);
    }

    private static string Gdal(string path) =>
        string.Join(' ', PeerTool.Run("gdal_translate", "-q", "-of", "XYZ", "-b", "mask", path, "/vsistdout/")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 255));
}
