using System.Text;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Writing;

/// <summary>What GDAL says of the files that are written.</summary>
public sealed class CogOracleTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1)]
    public void Gdals_validator_finds_neither_error_nor_warning(long classicLimitBytes)
    {
        foreach ((SampleType type, int bands) in ((SampleType, int)[])[(SampleType.UInt8, 1), (SampleType.UInt16, 3), (SampleType.Float32, 2)])
        {
            RasterInfo info = CogFiles.Info(700, 530, type, bands, 0);
            string path = CogFiles.Write(_folder.File($"{type}.tif"), info, CogFiles.Ramp<byte>(700 * 530 * bands), new() { TileSize = 128, ClassicLimitBytes = classicLimitBytes });
            string said = PeerTool.Run(Python, "-c", """
                import sys
                from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate
                warnings, errors, details = validate(sys.argv[1], full_check=True)
                print(warnings, errors)
                """, path);
            Assert.Equal("[] []", said.Trim());
        }
    }

    [Fact]
    public void Gdal_sees_colours_names_nodata_scales_and_metadata()
    {
        RasterInfo info = CogFiles.Info(20, 20, SampleType.UInt8, 1, 0) with
        {
            Bands = [new() { Name = "mines & <co>", NoData = 0, Scale = 0.25, Offset = -1 }],
            Colors = [new(0, 0, 0), new(255, 127, 1)],
            ClassNames = ["no data", "mines < \"all\""],
            Metadata = new Dictionary<string, string> { ["b"] = "ü & <1>", ["A"] = "x\ny" },
        };
        string path = CogFiles.Write(_folder.File("map.tif"), info, new byte[400]);
        string said = PeerTool.Run(Python, "-c", """
            import sys
            from osgeo import gdal
            d = gdal.Open(sys.argv[1]); b = d.GetRasterBand(1)
            print(d.GetGeoTransform())
            print(b.GetDescription(), b.GetNoDataValue(), b.GetScale(), b.GetOffset(), b.GetCategoryNames())
            print([b.GetColorTable().GetColorEntry(i)[:3] for i in (0, 1, 2, 255)])
            m = d.GetMetadata(); print({k: m[k] for k in ('A', 'b', 'CLASS_NAMES')})
            """, path);
        Assert.Equal("""
            (600000.0, 10.0, 0.0, 700000.0, 0.0, -10.0)
            mines & <co> 0.0 0.25 -1.0 ['no data', 'mines < "all"']
            [(0, 0, 0), (255, 127, 1), (0, 0, 0), (0, 0, 0)]
            {'A': 'x\ny', 'b': 'ü & <1>', 'CLASS_NAMES': '["no data","mines \\u003C \\u0022all\\u0022"]'}
            """, said.Trim());
        Assert.Equal(["map.tif", "map.tif.aux.xml"], _folder.Names);
    }

    [Fact]
    public void Gdal_reads_every_type_and_its_overviews()
    {
        var script = new StringBuilder("import numpy as np\nfrom osgeo import gdal\n");
        foreach (SampleType type in Enum.GetValues<SampleType>())
        {
            string path = _folder.File($"{type}.tif");
            CogFiles.Write(path, CogFiles.Info(75, 41, type, 2, null), CogFiles.Ramp<byte>(2 * 75 * 41), new() { TileSize = 16, Overviews = OverviewMode.Average });
            script.Append($"""
                d = gdal.Open('{path}'); a = d.ReadAsArray().astype('f8')
                want = (np.arange(2 * 75 * 41) * 37 % 251).reshape(2, 41, 75)
                p = np.pad(a, ((0, 0), (0, 1), (0, 1)), constant_values=np.nan).reshape(2, 21, 2, 38, 2)
                half = np.nanmean(p, (2, 4)); o = np.stack([d.GetRasterBand(i).GetOverview(0).ReadAsArray() for i in (1, 2)])
                print(gdal.GetDataTypeName(d.GetRasterBand(1).DataType), (a == want).all(), (o == (half if {(type >= SampleType.Float32 ? "True" : "False")} else np.floor(half + .5))).all())

                """);
        }
        string said = PeerTool.Run(Python, "-c", script.ToString());
        Assert.Equal(["Byte", "Int16", "UInt16", "Int32", "UInt32", "Float32", "Float64"], said.Trim().Split('\n').Select(l => l.Replace(" True True", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(double.NaN, "nan")]
    [InlineData(-3.4028234663852886e38, "-3.4028234663852886e+38")]
    public void Gdal_sees_nodata_of_floats(double noData, string expected)
    {
        string path = CogFiles.Write(_folder.File("f.tif"), CogFiles.Info(8, 8, SampleType.Float32, 1, noData), new float[64]);
        Assert.Equal(expected, PeerTool.Run(Python, "-c", "import sys\nfrom osgeo import gdal\nd = gdal.Open(sys.argv[1])\nprint(d.GetRasterBand(1).GetNoDataValue())", path).Trim());
    }
}
