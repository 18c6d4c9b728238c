using System.Text;
using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation;

public sealed class StackPreparationTests
{
    private const string Thailand = "scenes/thailand-T48QUE", Amazon = "scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif";

    [Fact]
    public void A_real_scene_becomes_a_stack_that_gdal_reads_with_names_nodata_scale_and_provenance()
    {
        string scene = SharedData.Require(Thailand);
        using var folder = new TempFolder();
        Run(folder.File("stack.tif"), scene);
        Assert.Equal(["stack.tif"], folder.Names);
        // The 10 m bands equal their files; inside, the 20 m bands are within 1 DN of gdalwarp.
        Assert.Equal("""
            1068 1068 10 UInt16 32648 362612.197 1987088.206
            B02,B03,B04,B05,B06,B07,B08,B8A,B11,B12 {0.0} {0.0001}
            10 m bands differ by 0, 20 m bands by at most 1: True
            AsmOnnx 0.1.0 prepare {} 10 B02.tif 64

            """.ReplaceLineEndings("\n"), PeerTool.Run("/usr/bin/python3", "-c", """
            import json, sys
            import numpy as np
            from osgeo import gdal
            gdal.UseExceptions()
            d = gdal.Open(sys.argv[1])
            g = d.GetGeoTransform()
            bands = [d.GetRasterBand(i + 1) for i in range(10)]
            print(d.RasterXSize, d.RasterYSize, d.RasterCount, gdal.GetDataTypeName(bands[0].DataType), d.GetSpatialRef().GetAuthorityCode(None), round(g[0], 3), round(g[3], 3))
            print(",".join(b.GetDescription() for b in bands), {b.GetNoDataValue() for b in bands}, {b.GetScale() for b in bands})
            same, upsampled = [], []
            for b in bands:
                f = gdal.Open(f"{sys.argv[2]}/{b.GetDescription()}.tif")
                t = f.GetGeoTransform()
                bounds = (t[0], t[3] - 10680, t[0] + 10680, t[3])
                w = gdal.Warp("", f, format="MEM", resampleAlg="cubic", outputBounds=bounds, width=1068, height=1068).ReadAsArray() if f.RasterXSize == 534 else f.ReadAsArray()
                difference = np.abs(b.ReadAsArray().astype(int) - w.astype(int))
                if f.RasterXSize == 534: upsampled.append(difference[4:-4, 4:-4].max())
                else: same.append(difference.max())
            print(f"10 m bands differ by {max(same)}, 20 m bands by at most 1: {max(upsampled) <= 1}")
            i = json.loads(d.GetMetadataItem("ASM_INPUTS"))
            print(d.GetMetadataItem("ASM_TOOL"), d.GetMetadataItem("ASM_OPTIONS"), len(i), i[0]["name"], len(i[0]["sha256"]))
            """, folder.File("stack.tif"), scene));
    }

    [Fact]
    public void The_same_scene_gives_the_same_bytes_without_a_trace_of_the_machine()
    {
        string scene = SharedData.Require(Thailand);
        using TempFolder first = new(), second = new();
        Run(first.File("a.tif"), scene);
        string[] files = [.. StackBands.Names.Reverse().Select(band => Path.Combine(scene, band + ".tif"))];
        new PrepareStage { Sources = files, OutputPath = second.File("b.tif") }.Run(new RunOptions { Threads = 1, Cancellation = TestContext.Current.CancellationToken });
        byte[] bytes = File.ReadAllBytes(first.File("a.tif"));
        Assert.Equal(bytes, File.ReadAllBytes(second.File("b.tif")));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(scene)));
    }

    [Fact]
    public void The_offset_of_a_real_scene_is_removed_where_it_is_given()
    {
        using var folder = new TempFolder();
        Run(folder.File("stack.tif"), SharedData.Require(Amazon), new() { Offset = -1000 });
        using var stack = GeoTiffSource.Open(folder.File("stack.tif"));
        using var source = GeoTiffSource.Open(SharedData.Require(Amazon));
        ushort[] scaled = new ushort[10 * 247 * 237], dn = new ushort[10 * 247 * 237];
        stack.Read<ushort>(stack.Info.Grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], scaled);
        source.Read<ushort>(source.Info.Grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], dn);
        Assert.Equal(dn.Select(sample => (ushort)(sample == 0 ? 0 : Math.Max(1, sample - 1000))), scaled);
        Assert.True(stack.Info.Grid.IsSameAs(source.Info.Grid));
        Assert.Equal("{\"offset\":\"-1000\"}", stack.Info.Metadata["ASM_OPTIONS"]);
    }

    [Fact]
    public void A_stack_prepared_again_stays_as_it_is()
    {
        using var folder = new TempFolder();
        Run(folder.File("once.tif"), SharedData.Require(Amazon), new() { Offset = -1000 });
        Run(folder.File("twice.tif"), folder.File("once.tif"));
        using GeoTiffSource once = GeoTiffSource.Open(folder.File("once.tif")), twice = GeoTiffSource.Open(folder.File("twice.tif"));
        ushort[] first = new ushort[10 * 247 * 237], second = new ushort[10 * 247 * 237];
        once.Read<ushort>(once.Info.Grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], first);
        twice.Read<ushort>(once.Info.Grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Four_bands_are_refused_and_leave_nothing_behind()
    {
        string four = SharedData.Require("scenes/austria-2windows/inference-img.tif");
        using var folder = new TempFolder();
        Assert.Throws<AsmException>(() => Run(folder.File("stack.tif"), four));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Too_little_memory_is_refused_with_an_amount_that_is_enough()
    {
        string scene = SharedData.Require(Amazon);
        using var folder = new TempFolder();
        var options = new PrepareStage { Sources = [scene], OutputPath = folder.File("stack.tif") };
        var error = Assert.Throws<AsmException>(() => options.Run(new RunOptions { MaxMemoryBytes = 1 << 20, Cancellation = TestContext.Current.CancellationToken }));
        Assert.Empty(folder.Names);
        string need = error.Message.Split("`max-memory` ")[1].Split("MiB")[0];
        options.Run(new RunOptions { MaxMemoryBytes = long.Parse(need) << 20, Cancellation = TestContext.Current.CancellationToken });
        Assert.Equal(["stack.tif"], folder.Names);
    }

    [Fact]
    public void A_run_that_is_cancelled_leaves_nothing_behind()
    {
        string scene = SharedData.Require(Thailand);
        using var folder = new TempFolder();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new PrepareStage { Sources = [scene], OutputPath = folder.File("stack.tif") }.Run(new RunOptions { Cancellation = new CancellationToken(canceled: true) }));
        Assert.Empty(folder.Names);
    }

    private static void Run(string output, string source, StackRadiometry? radiometry = null) =>
        new PrepareStage { Sources = [source], OutputPath = output, Radiometry = radiometry ?? new() }.Run(new RunOptions { Cancellation = TestContext.Current.CancellationToken });
}
