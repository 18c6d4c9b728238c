using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

/// <summary>Every combination of what GDAL can write and this reader reads, and real files, against the values that GDAL reads.</summary>
public sealed class GdalMatrixTests
{
    /// <summary>
    /// Writes one file a combination and one file of raw values a type: 3 bands of 29 rows of 37 columns, no multiple of a block. Big-endian files
    /// with predictor 3 are left out: GDAL 3.6 swaps the bytes of what it writes and does not read back its own values.
    /// </summary>
    private const string MatrixScript = """
        import sys, itertools, numpy as np
        from osgeo import gdal
        gdal.UseExceptions()
        folder = sys.argv[1]
        rng = np.random.RandomState(1)
        for t in ('uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'):
            base = np.cumsum(rng.randint(-40, 41, (3, 29, 37)), axis=2) + rng.randint(0, 60000, (3, 29, 1))
            data = (base / 7.0 if t[0] == 'f' else base).astype(t)
            data[:, 3:9, 5:30] = data[0, 0, 0]
            data.tofile(f'{folder}/{t}.raw')
            compressions = [('NONE', 1), ('PACKBITS', 1)] + [(c, p) for c in ('LZW', 'DEFLATE', 'ZSTD') for p in ((1, 2, 3) if t[0] == 'f' else (1, 2))]
            for (c, p), tiled, inter, endian, big in itertools.product(compressions, ('YES', 'NO'), ('PIXEL', 'BAND'), ('LITTLE', 'BIG'), ('YES', 'NO')):
                if p == 3 and endian == 'BIG': continue
                name = f'{folder}/{t}-{c}-{p}-{tiled}-{inter}-{endian}-{big}.tif'
                options = [f'COMPRESS={c}', f'TILED={tiled}', f'INTERLEAVE={inter}', f'ENDIANNESS={endian}', f'BIGTIFF={big}']
                options += ['BLOCKXSIZE=16', 'BLOCKYSIZE=16'] if tiled == 'YES' else ['BLOCKYSIZE=5']
                if c not in ('NONE', 'PACKBITS'): options.append(f'PREDICTOR={p}')
                code = {'uint8': 1, 'uint16': 2, 'int16': 3, 'uint32': 4, 'int32': 5, 'float32': 6, 'float64': 7}[t]
                ds = gdal.GetDriverByName('GTiff').Create(name, 37, 29, 3, code, options)
                ds.WriteRaster(0, 0, 37, 29, data.tobytes())
                ds = None
        """;

    private const string DumpScript = """
        import sys
        from osgeo import gdal
        gdal.UseExceptions()
        for source, raw in zip(sys.argv[1::2], sys.argv[2::2]):
            gdal.Open(source).ReadAsArray().astype('float64').tofile(raw)
        """;

    [Fact]
    public void Every_combination_of_options_reads_as_gdal_wrote_it()
    {
        using var folder = new TempFolder();
        RequireGdalPython();
        PeerTool.Run("/usr/bin/python3", "-c", MatrixScript, folder.FullPath);
        string[] files = Directory.GetFiles(folder.FullPath, "*.tif");
        Assert.Equal(944, files.Length);
        foreach (string file in files)
        {
            string type = Path.GetFileName(file).Split('-')[0];
            byte[] expected = File.ReadAllBytes(folder.File(type + ".raw"));
            Assert.True(type switch
            {
                "uint8" => Same<byte>(file, expected),
                "int16" => Same<short>(file, expected),
                "uint16" => Same<ushort>(file, expected),
                "int32" => Same<int>(file, expected),
                "uint32" => Same<uint>(file, expected),
                "float32" => Same<float>(file, expected),
                _ => Same<double>(file, expected),
            }, file);
        }
    }

    [Theory]
    [InlineData("scenes/thailand-T48QUE", 13)]
    [InlineData("scenes/amazon-trombetas", 1)]
    [InlineData("scenes/austria-2windows", 1)]
    [InlineData("scenes/barbellino-2dates", 9)]
    public void Real_scenes_read_as_gdal_reads_them(string scenes, int count)
    {
        string[] files = [.. Directory.GetFiles(SharedData.Require(scenes), "*.tif").Where(file => !file.Contains("20170703_022_Barbellino_RGB", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(count, files.Length);
        RequireGdalPython();
        using var folder = new TempFolder();
        PeerTool.Run("/usr/bin/python3", ["-c", DumpScript, .. files.SelectMany((file, i) => new[] { file, folder.File($"{i}.raw") })]);
        for (int i = 0; i < files.Length; i++)
        {
            using GeoTiffSource source = GeoTiffSource.Open(files[i], Fixture.Options);
            double[] samples = Fixture.Read<double>(source, source.Info.Grid.FullWindow, [.. Enumerable.Range(0, source.Info.Bands.Count)]);
            Assert.True(samples.AsSpan().SequenceEqual(MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(folder.File($"{i}.raw")))), files[i]);
        }
    }

    [Fact]
    public void A_real_jpeg_compressed_file_is_refused_by_name()
    {
        string file = SharedData.Require("scenes/barbellino-2dates/S2A2A_20170703_022_Barbellino_RGB432B_10.tif");
        Assert.Contains("JPEG", Assert.Throws<RasterFormatException>(() => GeoTiffSource.Open(file, Fixture.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_grid_of_a_real_file_is_the_one_that_gdal_reports()
    {
        string file = SharedData.Require("scenes/thailand-T48QUE/B05.tif");
        using GeoTiffSource source = GeoTiffSource.Open(file, new GeoTiffOptions { Crs = Crs.Utm(48, north: true) });
        Assert.Equal(new GeoGrid(534, 534, new(362612.196859329938889, 1987088.206431803060696), 20, 20, source.Info.Grid.Crs), source.Info.Grid);
    }

    private static void RequireGdalPython()
    {
        (int exit, _, string error) = PeerTool.TryRun("/usr/bin/python3", "-c", "from osgeo import gdal; assert 'ZSTD' in gdal.GetDriverByName('GTiff').GetMetadataItem('DMD_CREATIONOPTIONLIST')");
        Assert.SkipUnless(exit == 0, string.Create(CultureInfo.InvariantCulture, $"needs GDAL's Python module with ZSTD: {error}"));
    }

    private static bool Same<T>(string file, byte[] expected) where T : unmanaged, INumber<T>
    {
        using GeoTiffSource source = GeoTiffSource.Open(file, Fixture.Options);
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(expected);
        T[] all = Fixture.Read<T>(source, new(0, 0, 37, 29), 0, 1, 2);
        // A window that cuts blocks on every side, bands out of order.
        T[] part = Fixture.Read<T>(source, new(6, 4, 21, 19), 2, 1);
        for (int i = 0; i < part.Length; i++)
            if (part[i] != values[(2 - i / 399) * 1073 + (4 + i % 399 / 21) * 37 + 6 + i % 21]) return false;
        return values.SequenceEqual(all);
    }
}
