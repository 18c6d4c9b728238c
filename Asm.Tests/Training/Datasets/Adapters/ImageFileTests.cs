using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class ImageFileTests : IDisposable
{
    private static readonly GeoGrid Grid = SmallScenes.Grid(2, 1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_methods_bands_come_in_its_order_wherever_they_lie_in_the_file()
    {
        string path = SceneBuild.WriteImage(_folder.File("euro.tif"), Grid, 13);
        using StackSource image = ImageFile.Open(path, ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B8A"], new StackRadiometry(), new());
        Assert.Equal(SceneBuild.TenBands, image.Info.Bands.Select(b => b.Name));
        Assert.Equal([201, 301, 401, 501, 601, 701, 801, 1301, 1101, 1201], First(image));
    }

    [Fact]
    public void Other_bands_come_in_the_files_order_without_those_not_wanted()
    {
        string path = SceneBuild.WriteImage(_folder.File("planet.tif"), Grid, 4);
        using StackSource image = ImageFile.Open(path, ["B02", "-", "B04", "nir"], new StackRadiometry { Offset = -101 }, new());
        Assert.Equal(["B02", "B04", "nir"], image.Info.Bands.Select(b => b.Name));
        // reflectances of 0 and below are 1: 0 is no data
        Assert.Equal([1, 200, 300], First(image));
    }

    [Fact]
    public void Names_in_the_file_are_enough()
    {
        string path = SceneBuild.WriteImage(_folder.File("named.tif"), Grid, 11, ["SCL", "B12", "B11", "B8A", "B08", "B07", "B06", "B05", "B04", "B03", "B02"]);
        using IRasterSource image = ImageFile.Open(path, null, new StackRadiometry(), new());
        Assert.Equal([1101, 1001, 901, 801, 701, 601, 501, 401, 301, 201], First(image));
    }

    [Fact]
    public void Bands_that_cannot_be_told_apart_are_refused()
    {
        string path = SceneBuild.WriteImage(_folder.File("euro.tif"), Grid, 13);
        Assert.Contains("has 13 bands whose names say nothing", Assert.Throws<AsmException>(() => ImageFile.Open(path, null, new StackRadiometry(), new())).Message, StringComparison.Ordinal);
        Assert.Contains("`bands`: names 2 bands, but ", Assert.Throws<SettingException>(() => ImageFile.Open(path, ["B02", "B03"], new StackRadiometry(), new())).Message, StringComparison.Ordinal);
    }

    private static ushort[] First(IRasterSource image)
    {
        var samples = new ushort[image.Info.Bands.Count];
        image.Read<ushort>(new(0, 0, 1, 1), [.. Enumerable.Range(0, samples.Length)], samples);
        return samples;
    }
}
