using System.Text.Json;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Baselines;
using Asm.Training.Export;

namespace Asm.Tests.Training.Baselines;

public sealed class BaselineModelTests
{
    private static readonly PixelSamples Learnt = Samples.Random(600, bands: 10) with { BandNames = Stacks.BandNames };

    [Theory]
    [InlineData("sam")]
    [InlineData("mlp")]
    [InlineData("rf")]
    public void The_exported_model_agrees_with_the_classifier_and_looks_at_one_pixel(string kind)
    {
        using var folder = new TempFolder();
        (IPixelClassifier classifier, string path) = Export(kind, folder);
        Parity parity = BaselineParity.Run(classifier, Learnt, File.ReadAllBytes(path));
        Assert.Equal(2, parity.Windows);
        if (kind == "rf") Assert.Equal(0, parity.LargestDifference);
        ModelDescription model = ModelFile.Describe(path);
        Assert.Equal(new ReceptiveField(0, 1), model.ReceptiveField);
        Assert.Equal(["class1", "class2", "class3"], model.Classes.Select(c => c.Name));
        Assert.Equal(Stacks.BandNames, model.Bands);
        Assert.Equal(512, model.WindowPixels);
    }

    [Theory]
    [InlineData("sam", Tiling.Exact)]
    [InlineData("mlp", Tiling.Exact)]
    [InlineData("rf", Tiling.Exact)]
    [InlineData("sam", Tiling.Blend)]
    [InlineData("mlp", Tiling.Blend)]
    [InlineData("rf", Tiling.Blend)]
    public void Asm_predict_gives_the_classifier_s_labels(string kind, Tiling tiling)
    {
        const int Width = 600, Height = 530; // more than a window
        using var folder = new TempFolder();
        (IPixelClassifier classifier, string path) = Export(kind, folder);
        using GeoTiffSource stack = GeoTiffSource.Open(Stacks.Write(folder.File("stack.tif"), Width, Height));
        using SegmentationModel model = SegmentationModel.Load(path, 1);
        using var classes = new MemoryRaster<byte>(PredictionProducts.Classes(stack.Info.Grid, model.Description, new Dictionary<string, string>()));
        Predictor.Run(stack, model, new PredictionSinks { Classes = classes }, new PredictionOptions { Tiling = tiling, CloudReflectance = null }, new RunOptions());
        ushort[] samples = new ushort[10 * Width * Height];
        stack.Read(stack.Info.Grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], samples.AsSpan());
        float[] spectrum = new float[10], probabilities = new float[3];
        for (int i = 0; i < Width * Height; i += 7)
        {
            for (int b = 0; b < 10; b++) spectrum[b] = samples[b * Width * Height + i] * 1e-4f;
            classifier.Probabilities(spectrum, probabilities);
            int best = probabilities.AsSpan().IndexOf(probabilities.Max());
            if (classes.Samples[i] != best + 1)
                Assert.True(probabilities[best] - probabilities[classes.Samples[i] - 1] <= 2 * classifier.Tolerance + 1e-6, $"pixel {i}");
        }
    }

    [Theory]
    [InlineData("sam")]
    [InlineData("mlp")]
    [InlineData("rf")]
    public void Onnx_s_own_checker_accepts_the_model(string kind)
    {
        using var folder = new TempFolder();
        (_, string path) = Export(kind, folder);
        Assert.Equal("ok", Samples.Python("onnx", "import onnx; onnx.checker.check_model(onnx.load(sys.argv[1])); print('ok')", path));
    }

    [Fact]
    public void The_STAC_item_says_what_the_model_is()
    {
        using var folder = new TempFolder();
        Export("rf", folder);
        using JsonDocument item = JsonDocument.Parse(File.ReadAllText(folder.File("rf.json")));
        JsonElement properties = item.RootElement.GetProperty("properties");
        Assert.Equal("random forest", properties.GetProperty("mlm:architecture").GetString());
        Assert.Equal(7, properties.GetProperty("mlm:hyperparameters").GetProperty("trees").GetInt32());
        Assert.Equal(600, properties.GetProperty("mlm:hyperparameters").GetProperty("samples").GetInt32());
        Assert.Contains("Height and width are free. ", properties.GetProperty("mlm:input")[0].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_computes_something_else_is_found_out()
    {
        using var folder = new TempFolder();
        (_, string path) = Export("rf", folder);
        IPixelClassifier other = Samples.Forest(Learnt, new ForestOptions { Trees = 7, Seed = 2 });
        Assert.Contains("in ONNX Runtime and", Assert.Throws<AsmException>(() => BaselineParity.Run(other, Learnt, File.ReadAllBytes(path))).Message, StringComparison.Ordinal);
    }

    private static (IPixelClassifier Classifier, string Path) Export(string kind, TempFolder folder)
    {
        IPixelClassifier classifier = kind switch
        {
            "sam" => SpectralAngleMapper.Train(Learnt),
            "mlp" => Samples.Perceptron(Learnt, 1),
            _ => Samples.Forest(Learnt, new ForestOptions { Trees = 7 }),
        };
        ModelCard card = BaselineModel.Card(classifier, Learnt, new ExportOptions { Name = kind, TrainedOn = "random pixels" });
        string path = folder.File($"{kind}.onnx");
        BaselineModel.Write(path, BaselineModel.Build(classifier, card), card, overwrite: false);
        return (classifier, path);
    }
}
