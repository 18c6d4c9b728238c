using Asm.Inference.Preparation;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Cli;

/// <summary>A stack of wrong numbers is not written.</summary>
public sealed class PreparePreflightTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Stack => _folder.File("stack.tif");

    private (int Exit, string Error) Prepare(params string[] more)
    {
        (int exit, _, string error) = AsmProgram.Run(["prepare", _folder.File("in.tif"), "-o", Stack, .. more]);
        Assert.Equal(exit == 0, File.Exists(Stack));
        return (exit, error);
    }

    /// <summary>A scene whose reflectances x 10,000 run from 100 to 4,000, in other numbers.</summary>
    private void Write(Func<double, double> number, SampleType type = SampleType.UInt16, double scale = 1, double offset = 0)
    {
        var random = new Random(3);
        double[] samples = [.. Enumerable.Range(0, 10 * 64 * 64).Select(_ => number(random.Next(100, 4000)))];
        BandInfo[] bands = [.. Stacks.BandNames.Select(name => new BandInfo { Name = name, NoData = type == SampleType.Float32 ? null : 0, Scale = scale, Offset = offset })];
        if (type == SampleType.UInt8) Save([.. samples.Select(s => (byte)s)]);
        else if (type == SampleType.Float32) Save([.. samples.Select(s => (float)s)]);
        else Save([.. samples.Select(s => (ushort)s)]);
        void Save<T>(T[] values) where T : unmanaged, System.Numerics.INumber<T>
        {
            using var raster = new MemoryRaster<T>(Stacks.Grid(64, 64), bands, values);
            using CogSink sink = CogSink.Create(_folder.File("in.tif"), raster.Info);
            sink.WriteRows<T>(64, values);
            sink.Complete();
        }
    }

    private double Mean()
    {
        using GeoTiffSource stack = GeoTiffSource.Open(Stack);
        return Jp2.ReadAll<ushort>(stack).Average(s => (double)s);
    }

    [Fact]
    public void Full_scale_whole_numbers_are_refused_and_the_fix_that_is_told_works()
    {
        Write(r => r * 6.5535);
        (int exit, string error) = Prepare();
        Assert.Equal(1, exit);
        Assert.Contains("65535 or 255 where whole numbers 0..65535 or 0..255 are reflectance 0..1", error, StringComparison.Ordinal);
        Assert.Equal(0, Prepare("--quantification", "65535").Exit);
        Assert.InRange(Mean(), 2000, 2100);
    }

    [Fact]
    public void Full_scale_bytes_are_refused_and_the_fix_that_is_told_works()
    {
        Write(r => Math.Max(1, r * 0.0255), SampleType.UInt8);
        (int exit, string error) = Prepare();
        Assert.Equal(1, exit);
        Assert.Contains("255 where whole numbers 0..255 are reflectance 0..1", error, StringComparison.Ordinal);
        Assert.Equal(0, Prepare("--quantification", "255").Exit);
        Assert.InRange(Mean(), 1950, 2100);
    }

    [Fact]
    public void An_offset_of_stored_numbers_without_a_scale_is_taken_as_one()
    {
        Write(r => r + 1000, offset: -1000);
        Assert.Equal((0, true), (Prepare().Exit, Mean() is > 2000 and < 2100));
    }

    [Theory]
    [InlineData(1e-4, -1000)]
    [InlineData(1, -0.1)]
    public void A_scale_and_an_offset_of_two_units_are_refused_and_the_fix_that_is_told_works(double scale, double offset)
    {
        Write(r => r + 1000, scale: scale, offset: offset);
        (int exit, string error) = Prepare();
        Assert.Equal(1, exit);
        Assert.Contains("give --offset -1000 and --quantification 10000", error, StringComparison.Ordinal);
        Assert.Equal(0, Prepare("--offset", "-1000", "--quantification", "10000").Exit);
        Assert.InRange(Mean(), 2000, 2100);
    }

    [Fact]
    public void A_stack_that_would_be_saturated_is_never_written()
    {
        Write(r => r);
        Assert.Equal(1, Prepare("--quantification", "1").Exit);
        (int exit, string error) = Prepare("--quantification", "1", "--no-preflight");
        Assert.Equal(1, exit);
        Assert.Contains("pixels have a reflectance that cannot be", error, StringComparison.Ordinal);
        Assert.Equal(1, Prepare("--offset", "-9000", "--no-preflight").Exit);
    }

    [Theory]
    [InlineData(SampleType.UInt16, 1, "-1000")]
    [InlineData(SampleType.Float32, 1e-4, "-0.1")]
    public void The_offset_of_an_unprepared_file_is_found_and_the_one_that_is_told_removes_it(SampleType type, double factor, string told)
    {
        Write(r => (Math.Max(r, 300) + 1000) * factor, type);
        (int exit, string error) = Prepare();
        Assert.Equal(1, exit);
        Assert.Contains("the offset of 1,000 seems to be in the numbers still", error, StringComparison.Ordinal);
        Assert.Contains($"give --offset {told} with the file", error, StringComparison.Ordinal);
        Assert.Equal(0, Prepare("--no-preflight").Exit);
        Assert.Equal(0, Prepare("--offset", told, "--overwrite").Exit);
        Assert.InRange(Mean(), 2000, 2100);
    }

    [Fact]
    public void Reflectance_times_1000_is_told_as_dark()
    {
        Write(r => r / 10);
        (int exit, string error) = Prepare();
        Assert.Equal(0, exit);
        Assert.Contains("half of the pixels are below reflectance 0.02", error, StringComparison.Ordinal);
        Assert.Equal(0, Prepare("--quantification", "1000", "--overwrite").Exit);
        Assert.InRange(Mean(), 2000, 2100);
    }

    [Fact]
    public void Amazons_tiles_lose_their_offset()
    {
        Jp2.RequireDecoder();
        using StackSource stack = StackSource.Open([SharedData.Require("cases/offset/aws/tiles/48/Q/UE/2023/5/20/0")]);
        Assert.Equal("05.09", stack.Product!.Baseline);
        Assert.All(stack.Product.Offsets.Values, offset => Assert.Equal(-1000, offset));
    }
}
