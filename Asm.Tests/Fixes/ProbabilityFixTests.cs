using System.Globalization;
using System.Text.RegularExpressions;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of maps of probabilities that other programs wrote.</summary>
public sealed class ProbabilityFixTests : FixTrial
{
    private static string[] Mosaic(string map, params string[] more) =>
        ["mosaic", map, "--rule", "max-probability", "-o", "m.tif", "--overwrite", .. more];

    [Fact]
    [Fix("give `full-scale` {} if that means probability 1: the classes of most pixels add up to about {}")]
    [Fix("give the sample that means probability 1 with `full-scale`, such as 254 or 10000")]
    [Fix("give `full-scale` {}: the samples of this pixel add up to {}")]
    public void A_scale_that_no_file_states_is_given()
    {
        Write("bytes.tif", 1, 254);
        string scale = Regex.Match(Fails(Mosaic("bytes.tif")), "--full-scale ([0-9]+)").Groups[1].Value;
        Works(Mosaic("bytes.tif", "--full-scale", scale));
        Write("odd.tif", 1, 120);
        Fails(Mosaic("odd.tif"));
        Works(Mosaic("odd.tif", "--full-scale", "120"));
        Run("gdal_translate", "-q", "-ot", "Float32", "bytes.tif", "floats.tif");
        scale = Regex.Match(Fails(Mosaic("floats.tif")), "--full-scale ([0-9]+)").Groups[1].Value;
        Works(Mosaic("floats.tif", "--full-scale", scale));
    }

    [Fact]
    [Fix("set the right one, such as 0.01 where the sample 100 means probability 1: gdal_edit.py -scale 0.01 FILE")]
    [Fix("correct the scale that the file declares (gdal_edit.py -scale), or give `full-scale` where it declares none; if a "
        + "sample means no data, declare it: gdal_translate -a_nodata SAMPLE IN OUT; where the classes are no parts of a whole, "
        + "divide each by their sum first")]
    public void A_wrong_scale_is_corrected()
    {
        foreach (double wrong in (double[])[-1, 0.1])
        {
            Write("a.tif", wrong, 100);
            Fails(Mosaic("a.tif"));
            Run("gdal_edit.py", "-scale", "0.01", "a.tif");
            Works(Mosaic("a.tif"));
        }
        Write("a.tif", 1, 120);
        Run("gdal_translate", "-q", "-ot", "Float32", "a.tif", "floats.tif");
        Fails(Mosaic("floats.tif"));
        Works(Mosaic("floats.tif", "--full-scale", "120"));
    }

    [Fact]
    [Fix("correct the scale that the file declares (gdal_edit.py -scale), or give `full-scale` where it declares none; if a "
        + "sample means no data, declare it: gdal_translate -a_nodata SAMPLE IN OUT; where the classes are no parts of a whole, "
        + "divide each by their sum first")]
    public void A_fill_is_declared_and_scores_are_divided_by_their_sum()
    {
        Write("a.tif", 0.01, 100, fill: 250);
        Fails(Mosaic("a.tif"));
        Run("gdal_translate", "-q", "-a_nodata", "250", "a.tif", "declared.tif");
        Works(Mosaic("declared.tif"));

        Write("scores.tif", 0.01, 170);
        Fails(Mosaic("scores.tif"));
        Run("gdal_calc.py", "--quiet", "-A", "scores.tif", "--A_band=1", "-B", "scores.tif", "--B_band=2", "-C", "scores.tif", "--C_band=3", "--type=Float32",
            "--calc=A/(1.0*A+B+C)", "--calc=B/(1.0*A+B+C)", "--calc=C/(1.0*A+B+C)", "--outfile=parts.tif");
        Works(Mosaic("parts.tif"));
    }

    [Fact]
    [Fix("if the sample means no data, declare it: gdal_edit.py -a_nodata SAMPLE FILE")]
    public void A_fill_of_confidences_is_declared()
    {
        MapInputs.Write(PathOf("a.classes.tif"));
        Run("gdal_calc.py", "--quiet", "-A", "a.classes.tif", "--calc=numpy.where(A==2,-9,0.5)", "--hideNoData", "--type=Float32", "--outfile=a.confidence.tif");
        Run("gdal_edit.py", "-unsetnodata", "a.confidence.tif");
        Fails(Mosaic("a.classes.tif"));
        Run("gdal_edit.py", "-a_nodata", "-9", "a.confidence.tif");
        Works(Mosaic("a.classes.tif"));
    }

    [Fact]
    [Fix("name the bands: gdal_translate -of VRT IN.tif NAMED.vrt, write <Description>CLASS</Description> into each VRTRasterBand of it, gdal_translate NAMED.vrt OUT.tif")]
    public void Bands_without_a_name_are_named()
    {
        Write("a.tif", 0.01, 100, names: ["mines", "built", ""]);
        Fails(Mosaic("a.tif"));
        Run("gdal_translate", "-q", "-of", "VRT", "a.tif", "NAMED.vrt");
        string vrt = File.ReadAllText(PathOf("NAMED.vrt"));
        int last = vrt.IndexOf('>', vrt.LastIndexOf("<VRTRasterBand", StringComparison.Ordinal)) + 1;
        File.WriteAllText(PathOf("NAMED.vrt"), vrt.Insert(last, "<Description>vegetation</Description>"));
        Run("gdal_translate", "-q", "NAMED.vrt", "OUT.tif");
        Works(Mosaic("OUT.tif"));
    }

    // Three classes whose samples add up to a sum, in bytes; where the codes say no data, all are 0, or hold a fill.
    private void Write(string name, double scale, int sum, byte fill = 0, string[]? names = null)
    {
        int plane = MapInputs.Side * MapInputs.Side;
        var samples = new byte[3 * plane];
        for (int i = 0; i < samples.Length; i++)
        {
            byte code = MapInputs.Codes[i % plane];
            samples[i] = code == 0 ? fill : (byte)(i / plane + 1 == code ? sum - 2 * (sum / 5) : sum / 5);
        }
        var info = new RasterInfo
        {
            Grid = Stacks.Grid(MapInputs.Side, MapInputs.Side),
            SampleType = SampleType.UInt8,
            Bands = [.. (names ?? CodeMaps.Names[1..]).Select(band => new BandInfo { Name = band, NoData = fill == 0 ? 0 : null })],
        };
        File.Delete(PathOf(name));
        new MemoryRaster<byte>(info, samples).Save(PathOf(name));
        if (scale != 1) Run("gdal_edit.py", "-scale", scale.ToString(CultureInfo.InvariantCulture), name);
    }
}
