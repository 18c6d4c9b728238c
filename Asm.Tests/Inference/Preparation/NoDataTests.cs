using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation;

/// <summary>What is no data in stacks that others made, in every verb that reads one.</summary>
public sealed class NoDataTests : IDisposable
{
    private const int Side = 64, Fill = 400;
    private readonly TempFolder _folder = new();
    private readonly string _model;

    public NoDataTests() => _model = Network.UNet(depth: 2, width: 4).Save(_folder.File("model.onnx"), window: 64);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Zero_in_all_bands_of_integers_is_no_data_in_prepare_as_in_predict_and_told_once()
    {
        string stack = Write<ushort>("u16.tif", 0, null, 1e4);
        (byte[] classes, string error) = Predict(stack);
        Assert.Equal(Fill, classes.Count(c => c == 0));
        Assert.Contains("400 pixels are 0 in every band and were taken for no data", error, StringComparison.Ordinal);
        (int exit, _, string told) = AsmProgram.Run("prepare", stack, "-o", _folder.File("prepared.tif"));
        Assert.True(exit == 0, told);
        Assert.Contains("400 pixels are 0 in every band and were taken for no data", told, StringComparison.Ordinal);
        Assert.Equal(classes, Predict(_folder.File("prepared.tif")).Classes);
    }

    [Theory]
    [InlineData(-3.4e38f, "-3.4028235e+38")]
    [InlineData(-9999.9f, "-9999.9")]
    [InlineData(1e20f, "1e+20")]
    [InlineData(float.NaN, null)]
    [InlineData(float.NegativeInfinity, null)]
    [InlineData(0f, null)]
    public void Fills_of_float32_are_no_data_and_change_nothing_beside_them(float fill, string? noData)
    {
        byte[] expected = Predict(Write<ushort>("u16.tif", 0, 0, 1e4)).Classes;
        string stack = Write<float>("f32.tif", fill, noData is null ? null : double.Parse(noData, System.Globalization.CultureInfo.InvariantCulture), 1);
        Assert.Equal(expected, Predict(stack).Classes);
        new PrepareStage { Sources = [stack], OutputPath = _folder.File("prepared.tif") }.Run();
        Assert.Equal(expected, Predict(_folder.File("prepared.tif")).Classes);
    }

    [Theory]
    [InlineData(-9999f, "-9999")]
    [InlineData(-0.1f, "-0.1")]
    [InlineData(-3.4028235e38f, "-3.4028235E+38")]
    public void Fills_that_nobody_declares_are_refused_with_the_setting_that_mends_it(float fill, string told)
    {
        string stack = Write<float>("f32.tif", fill, null, 1);
        foreach (string[] line in new string[][] { ["predict", stack, "--model", _model], ["predict", stack, "--model", _model, "--no-preflight"], ["prepare", stack] })
        {
            string[] output = ["-o", _folder.File(line[0] == "predict" ? "maps" : "prepared.tif")];
            (int exit, _, string error) = AsmProgram.Run([.. line, .. output]);
            Assert.Equal(1, exit);
            Assert.Contains($"400 of 4,096 pixels have a reflectance that cannot be; 400 of them are {told}\n", error, StringComparison.Ordinal);
            Assert.Contains($"give --nodata {told}\n", error, StringComparison.Ordinal);
            Assert.False(Path.Exists(output[1]), "something was left behind");
            (exit, _, error) = AsmProgram.Run([.. line, .. output, "--nodata", told]);
            Assert.True(exit == 0, error);
            Delete(output[1]);
        }
    }

    [Theory]
    [InlineData(-9999)]
    [InlineData(-1)]
    [InlineData(-1000)]
    [InlineData(short.MinValue)]
    [InlineData(short.MaxValue)]
    public void Fills_of_integers_that_nobody_declares_are_refused_too(short fill)
    {
        string stack = Write<short>("i16.tif", fill, null, 1e4);
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "--model", _model, "-o", _folder.File("maps"));
        Assert.Equal(1, exit);
        Assert.Contains($"give --nodata {fill}\n", error, StringComparison.Ordinal);
        byte[] expected = Predict(Write<ushort>("u16.tif", 0, 0, 1e4)).Classes;
        Assert.Equal(expected, Predict(stack, fill).Classes);
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue - 1)]
    public void Fills_of_32_bits_are_told_as_a_number_that_mends_them(uint fill)
    {
        string stack = Write<uint>("u32.tif", fill, null, 1e4);
        (int exit, _, string error) = AsmProgram.Run("prepare", stack, "-o", _folder.File("p.tif"));
        Assert.Equal(1, exit);
        Assert.Contains("give --nodata 4294967295\n", error, StringComparison.Ordinal);
        foreach (string given in (string[])["4294967295", $"{fill}"])
        {
            (exit, _, error) = AsmProgram.Run("prepare", stack, "-o", _folder.File("p.tif"), "--overwrite", "--nodata", given);
            Assert.True(exit == 0, error);
        }
    }

    [Fact]
    public void A_number_for_no_data_that_no_sample_can_be_is_refused()
    {
        string stack = Write<ushort>("u16.tif", 0, null, 1e4);
        (int exit, _, string error) = AsmProgram.Run("prepare", stack, "--nodata", "-9999", "-o", _folder.File("prepared.tif"));
        Assert.Equal(1, exit);
        Assert.Contains("--nodata: is -9999, and the samples of ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Glint_and_single_impossible_pixels_do_not_stop_a_scene()
    {
        // Ten pixels at 3 and three at -0.8 of 4,096: as a stack has them, and no data.
        GeoGrid grid = Stacks.Grid(Side, Side);
        var samples = new float[10 * Side * Side];
        Array.Fill(samples, 0.1f);
        for (int i = 0; i < 10; i++) samples[i] = 3 + 0.01f * i;
        for (int i = 20; i < 23; i++) samples[i] = -0.8f - 0.01f * i;
        var told = new List<string>();
        using StackSource stack = Open(new MemoryRaster<float>(grid, Bands(null), samples, "stack.tif"), new());
        var read = new ushort[samples.Length];
        stack.Read<ushort>(grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], read);
        stack.TellNoData(new RunOptions { Notice = told.Add });
        Assert.Equal([30000, 30100], read[..2]);
        Assert.Equal([1000, 0, 0, 0, 1000], read[19..24]);
        Assert.Equal(0, read[Side * Side + 21]);
        Assert.Equal("stack.tif: 3 pixels have a reflectance below -0.5 or far above 1 and were taken for no data", Assert.Single(told));
    }

    [Fact]
    public void Numbers_of_another_scale_are_told_with_the_quantification()
    {
        GeoGrid grid = Stacks.Grid(Side, Side);
        float[] samples = [.. Enumerable.Range(0, 10 * Side * Side).Select(i => 200f + i % 3000)];
        using StackSource stack = Open(new MemoryRaster<float>(grid, Bands(null), samples, "stack.tif"), new());
        AsmException error = Assert.Throws<AsmException>(() => stack.Read<ushort>(grid.FullWindow, [0, 1], new ushort[2 * Side * Side]));
        Assert.Contains("4,096 of 4,096 pixels have a reflectance that cannot be", error.Message, StringComparison.Ordinal);
        Assert.Contains("fix: give `quantification`, the number of reflectance 1: 10000 ", error.Message, StringComparison.Ordinal);
        using StackSource scaled = Open(new MemoryRaster<float>(grid, Bands(null), samples, "stack.tif"), new() { Quantification = 10_000 });
        var read = new ushort[2];
        scaled.Read<ushort>(new(0, 0, 1, 1), [0, 1], read);
        Assert.Equal([200, 1296], read.Select(s => (int)s));
    }

    [Fact]
    public void A_pixel_that_is_0_in_some_bands_only_has_data()
    {
        ushort[] samples = [.. Enumerable.Range(0, 20).Select(i => (ushort)(i % 2 == 0 ? 0 : i == 1 ? 0 : 500))];
        using StackSource stack = Open(new MemoryRaster<ushort>(Stacks.Grid(2, 1), Bands(null), samples, "stack.tif"), new());
        var read = new ushort[20];
        stack.Read<ushort>(new(0, 0, 2, 1), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], read);
        Assert.Equal([0, 1, 0, 500], read[..4].Select(s => (int)s));
    }

    [Fact]
    public void Band_files_of_different_nodata_are_each_read_by_their_own()
    {
        string[] files = [.. Stacks.BandNames.Select((name, i) =>
        {
            double noData = i % 2 == 0 ? -9999.9 : -3.4e38;
            float[] samples = [0.2f, (float)noData, 0.3f, 0.4f];
            using var raster = new MemoryRaster<float>(Stacks.Grid(2, 2), [new BandInfo { NoData = noData }], samples);
            return CodeMaps.Save(raster, _folder.File($"{name}.tif"));
        })];
        using StackSource stack = StackSource.Open(files);
        var read = new ushort[40];
        stack.Read<ushort>(new(0, 0, 2, 2), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], read);
        for (int b = 0; b < 10; b++) Assert.Equal([2000, 0, 3000, 4000], read[(4 * b)..(4 * b + 4)].Select(s => (int)s));
    }

    public static TheoryData<string, double?> Cases { get; } = new()
    {
        { "u16_undeclared.tif", null }, { "f32_nodata_R.tif", null }, { "f32_nodata_shortest.tif", null }, { "f32_nodata_m9999.9.tif", null },
        { "f32_nodata_1e20.tif", null }, { "f32_nodata_3.4e38.tif", null }, { "mask_beside.tif", null }, { "alpha.tif", null },
        { "f32_min_undeclared.tif", -3.4e38 }, { "f32_m9999_undeclared.tif", -9999 }, { "i16_m9999_undeclared.tif", -9999 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Real_pixels_have_one_class_however_their_fill_is_written(string name, double? noData)
    {
        byte[] expected = Predict(SharedData.Require("cases/nodata/u16_undeclared.tif")).Classes;
        Assert.Equal(Fill, expected.Count(c => c == 0));
        Assert.Equal(expected, Predict(SharedData.Require("cases/nodata/" + name), noData).Classes);
    }

    private (byte[] Classes, string Error) Predict(string stack, double? noData = null)
    {
        string maps = _folder.File("maps");
        Delete(maps);
        var told = new List<string>();
        new PredictStage
        {
            Scene = stack,
            ModelPath = _model,
            Directory = maps,
            Name = "scene",
            Outputs = PredictionOutputs.Classes,
            Options = new() { CloudReflectance = null },
            Radiometry = new() { NoData = noData },
        }.Run(new RunOptions { Notice = told.Add });
        using GeoTiffSource source = GeoTiffSource.Open(Directory.EnumerateFiles(maps, "*.classes.tif").Single());
        var codes = new byte[Side * Side];
        source.Read<byte>(source.Info.Grid.FullWindow, [0], codes);
        return (codes, string.Join('\n', told));
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }

    /// <summary>A stack of reflectances that vary, with a corner of 20 x 20 pixels that holds a fill.</summary>
    private string Write<T>(string name, T fill, double? noData, double scale) where T : unmanaged, System.Numerics.INumber<T>
    {
        var random = new Random(5);
        var samples = new T[10 * Side * Side];
        for (int i = 0; i < samples.Length; i++)
        {
            int reflectance = random.Next(200, 2500);
            samples[i] = i % Side < 20 && i / Side % Side < 20 ? fill : T.CreateTruncating(reflectance / 1e4 * scale + (scale > 1 ? 0.5 : 0));
        }
        using var raster = new MemoryRaster<T>(Stacks.Grid(Side, Side), Bands(noData), samples);
        using CogSink sink = CogSink.Create(_folder.File(name), raster.Info, new() { Overwrite = true });
        sink.WriteRows<T>(Side, samples);
        sink.Complete();
        return _folder.File(name);
    }

    private static BandInfo[] Bands(double? noData) => [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = noData })];

    private StackSource Open(IRasterSource raster, StackRadiometry radiometry)
    {
        File.WriteAllText(_folder.File("stack.tif"), "");
        return StackAssembly.Open([_folder.File("stack.tif")], radiometry, new BandOpener(new(), 0, null) { Replacement = _ => raster });
    }
}
