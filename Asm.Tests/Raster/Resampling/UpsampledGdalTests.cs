using System.Runtime.InteropServices;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Resampling;

public sealed class UpsampledGdalTests
{
    [Fact]
    public void Inside_of_a_real_band_every_sample_is_within_1_of_gdalwarp()
    {
        string band = SharedData.Require("scenes/thailand-T48QUE/B05.tif");
        using var folder = new TempFolder();
        PeerTool.Run("/usr/bin/python3", "-c", """
            import sys
            from osgeo import gdal
            gdal.UseExceptions()
            d = gdal.Open(sys.argv[1])
            d.ReadAsArray().tofile(sys.argv[2])
            g = d.GetGeoTransform()
            w, h = d.RasterXSize, d.RasterYSize
            bounds = (g[0], g[3] - 20 * h, g[0] + 20 * w, g[3])
            gdal.Warp("", d, format="MEM", resampleAlg="cubic", outputBounds=bounds, width=2 * w, height=2 * h).ReadAsArray().tofile(sys.argv[3])
            """, band, folder.File("source"), folder.File("warped"));
        ushort[] samples = MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(folder.File("source"))).ToArray();
        ushort[] warped = MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(folder.File("warped"))).ToArray();
        var target = new GeoGrid(1068, 1068, new(362612.2, 1987088.2), 10, 10, Crs.FromEpsg(32648));
        using var source = new UpsampledSource(new MemoryRaster<ushort>(target.Coarsen(2), [new BandInfo { NoData = 0 }], samples), target);
        ushort[] output = new ushort[1068 * 1068];
        source.Read<ushort>(target.FullWindow, [0], output);
        int largest = 0, different = 0;
        for (int y = 4; y < 1064; y++)
            for (int x = 4; x < 1064; x++)
            {
                int difference = Math.Abs(output[y * 1068 + x] - warped[y * 1068 + x]);
                largest = Math.Max(largest, difference);
                different += difference > 0 ? 1 : 0;
            }
        Assert.True(largest <= 1, $"differs by up to {largest} DN; {different} samples differ");
    }
}
