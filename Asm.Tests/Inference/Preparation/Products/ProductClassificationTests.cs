using System.IO.Compression;
using Asm.Inference.Preparation;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation.Products;

/// <summary>The scene classification that a product holds.</summary>
public sealed class ProductClassificationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A product with a classification of class 8 at 60 m and class 9 at 20 m.</summary>
    private string Write(bool jpeg2000 = false)
    {
        string product = SafeFolder.Write(_folder, jpeg2000: jpeg2000);
        foreach ((int metres, ushort @class) in new[] { (60, (ushort)8), (20, (ushort)9) })
        {
            string images = Path.Combine(product, "GRANULE", SafeFolder.Granule, "IMG_DATA", $"R{metres}m"), stem = Path.Combine(images, $"T30NWM_20230115T102341_SCL_{metres}m");
            Directory.CreateDirectory(images);
            (int width, int height) = (600 / metres, 400 / metres);
            using var raster = new MemoryRaster<ushort>(new GeoGrid(width, height, new(600_000, 700_020), metres, metres, Crs.Utm(30, north: true)), [new()], [.. Enumerable.Repeat(@class, width * height)]);
            if (jpeg2000)
            {
                Jp2.Write(stem + ".jp2", raster, 32, "GMLJP2=NO", "GeoJP2=NO");
                continue;
            }
            using CogSink sink = CogSink.Create(stem + ".tif", raster.Info);
            RasterCopy.Run(raster, sink);
        }
        return product;
    }

    private static void AssertClass9(StackSource stack)
    {
        using IRasterSource classification = stack.OpenClassification()!;
        Assert.Equal((30, 20), (classification.Info.Grid.Width, classification.Info.Grid.Height));
        Assert.All(Jp2.ReadAll<byte>(classification), code => Assert.Equal(9, code));
    }

    [Fact]
    public void The_finest_of_a_folder_is_taken()
    {
        using StackSource stack = StackSource.Open([Write()]);
        AssertClass9(stack);
        Assert.EndsWith("_SCL_20m.tif", Assert.Single(stack.ClassificationFiles), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_zip_file_it_is_found_too()
    {
        string zip = _folder.File("product.zip");
        ZipFile.CreateFromDirectory(Write(jpeg2000: true), zip, CompressionLevel.Fastest, includeBaseDirectory: true);
        using StackSource stack = StackSource.Open([zip]);
        AssertClass9(stack);
        Assert.Equal([zip], stack.ClassificationFiles);
    }

    [Fact]
    public void A_product_without_one_has_none()
    {
        using StackSource stack = StackSource.Open([SafeFolder.Write(_folder)]);
        Assert.Null(stack.OpenClassification());
        Assert.Empty(stack.ClassificationFiles);
    }
}
