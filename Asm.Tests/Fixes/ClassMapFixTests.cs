using System.Text.RegularExpressions;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Pictures;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of maps of classes that other programs wrote.</summary>
public sealed class ClassMapFixTests : FixTrial
{
    public ClassMapFixTests() => MapInputs.Write(PathOf("map.tif"));

    [Fact]
    [Fix("name the codes from 0 in the .aux.xml beside it (CategoryNames), 0 too: 'no data' where it means that")]
    public void Codes_from_0_are_named()
    {
        Calculate("zero.tif", "numpy.where(A==0,255,numpy.where(A==3,5,A-1))", "255");
        Fails("mosaic", "zero.tif", "-o", "m.tif");
        Name("zero.tif", "mines", "built", "", "", "", "water");
        Assert.Contains("water", Works("mosaic", "zero.tif", "--rule", "first", "-o", "m.tif"), StringComparison.Ordinal);
        Name("zero.tif", "no data", "built", "", "", "", "water");
        Assert.DoesNotContain("mines", Works("mosaic", "zero.tif", "--rule", "first", "-o", "n.tif"), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("give a map of classes; if this number means no data, say so: gdal_translate -a_nodata {} IN OUT")]
    public void A_number_that_is_no_code_is_declared()
    {
        Calculate("floats.tif", "numpy.where(A==0,-7.5,A)", null, "Float32");
        string fill = Regex.Match(Fails("mosaic", "floats.tif", "-o", "m.tif"), "-a_nodata ([^ ]+) IN OUT").Groups[1].Value;
        Run("gdal_translate", "-q", "-a_nodata", fill, "floats.tif", "declared.tif");
        Works("mosaic", "declared.tif", "-o", "m.tif");
    }

    [Fact]
    [Fix("declare what means no data: gdal_translate -a_nodata 0 {} OUT.tif, or -a_nodata 255 where 0 is {}")]
    public void A_map_of_codes_0_to_2_without_no_data_declares_it()
    {
        Calculate("zero.tif", "numpy.where(A==0,2,numpy.where(A==3,0,A))", null);
        Fails("polygons", "zero.tif", "-o", "p.gpkg");
        Run("gdal_translate", "-q", "-a_nodata", "0", "zero.tif", "outside.tif");
        Works("polygons", "outside.tif", "-o", "p.gpkg");
        Run("gdal_translate", "-q", "-a_nodata", "255", "zero.tif", "mines.tif");
        Assert.Contains("0 mines", Works("polygons", "mines.tif", "-o", "q.gpkg"), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("if this code means no data, say so: gdal_translate -a_nodata {} IN OUT; else name the classes in the .aux.xml beside it (CategoryNames); for a change map of another program (10 x before + after) say so with: gdal_edit.py -mo '{}={}' {}")]
    public void A_map_that_names_nothing_is_named_or_called_a_change_map()
    {
        Calculate("other map.tif", "numpy.where(A==3,31,numpy.where(A==2,12,11*A))", "0");
        string command = Regex.Match(Fails("polygons", "other map.tif", "--class", "mines", "-o", "p.gpkg"), "gdal_edit.py [^\n]*").Value;
        Run("bash", "-c", command);
        Assert.Contains("of 188 pixels", Works("polygons", "other map.tif", "--class", "mines", "-o", "p.gpkg"), StringComparison.Ordinal);
        Calculate("codes.tif", "numpy.where(A==3,7,A)", "0");
        Fails("polygons", "codes.tif", "--class", "mines", "-o", "q.gpkg");
        Run("gdal_translate", "-q", "-a_nodata", "7", "codes.tif", "declared.tif");
        Works("polygons", "declared.tif", "--class", "mines", "-o", "r.gpkg");
        Name("codes.tif", "no data", "mines", "built", "", "", "", "", "water");
        Works("polygons", "codes.tif", "--class", "mines", "-o", "q.gpkg");
    }

    [Fact]
    [Fix("make the change map again with asm change")]
    public void A_change_map_that_names_no_classes_is_made_again()
    {
        MapInputs.Write(PathOf("later.tif"), first: 2);
        Works("change", "map.tif", "later.tif", "-o", "change.tif");
        Run("gdal_edit.py", "-mo", $"{ClassMap.ChangeClassesKey}=[1]", "change.tif");
        Fails("polygons", "change.tif", "-o", "p.gpkg");
        Works("change", "map.tif", "later.tif", "-o", "change.tif", "--overwrite");
        Works("polygons", "change.tif", "-o", "p.gpkg");
    }

    [Fact]
    [Fix("join classes, such as all from 9 on: gdal_calc.py -A IN --calc 'minimum(A,9)' --outfile OUT; and name those that are left in OUT.aux.xml (CategoryNames)")]
    [Fix("give maps that name two classes or more")]
    public void Classes_are_joined_until_a_change_has_a_code()
    {
        string[] names = ["no data", .. Enumerable.Range(1, 12).Select(code => $"class {code}")];
        foreach (string map in new[] { "a.tif", "b.tif" })
        {
            Calculate(map, "A*4", "0");
            Name(map, names);
        }
        Fails("change", "a.tif", "b.tif", "-o", "c.tif");
        foreach (string map in new[] { "a.tif", "b.tif" })
        {
            Run("gdal_calc.py", "--quiet", "-A", map, "--calc", "minimum(A,9)", "--outfile", $"joined-{map}");
            Name($"joined-{map}", [.. names[..9], "others"]);
        }
        Works("change", "joined-a.tif", "joined-b.tif", "-o", "c.tif");
        foreach (string map in new[] { "a.tif", "b.tif" }) Name(map, "no data", "mines");
        Calculate("a.tif", "numpy.minimum(A,1)", "0");
        File.Copy(PathOf("a.tif"), PathOf("b.tif"), overwrite: true);
        Fails("change", "a.tif", "b.tif", "-o", "d.tif");
        foreach (string map in new[] { "a.tif", "b.tif" }) Name(map, "no data", "mines", "others");
        Works("change", "a.tif", "b.tif", "-o", "d.tif");
    }

    [Fact]
    [Fix("use a map that asm predict wrote, or give colours")]
    public void A_map_without_colours_is_drawn_with_those_that_are_given()
    {
        // The programs draw only maps that they wrote.
        MapInputs.Write(PathOf("plain.tif"));
        using IRasterSource plain = new RunOptions().Open(PathOf("plain.tif"));
        Refuses(() => QuickLook.WriteClasses(plain, PathOf("a.png")));
        QuickLook.WriteClasses(plain, PathOf("a.png"), colors: [.. ClassMap.DefaultClasses.Select(c => c.Color).Prepend(default)]);
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
        Works("predict", "scene.tif", "--model", "model.onnx", "--no-preflight", "-o", "out");
        using IRasterSource map = new RunOptions().Open(PathOf("out/scene.classes.tif"));
        QuickLook.WriteClasses(map, PathOf("b.png"));
    }

    [Fact]
    [Fix("make the stack with asm prepare, or name the bands in the file")]
    public void Bands_of_other_names_are_found_in_a_prepared_stack()
    {
        // The programs read colours as names of bands before they ask for them.
        string[] colours = ["blue", "green", "red", "rededge1", "rededge2", "rededge3", "nir", "rededge4", "swir1", "swir2"];
        using (IRasterSource colourful = new RunOptions().Open(Stacks.Write(PathOf("scene.tif"), 48, 48, bands: colours)))
            Refuses(() => colourful.Info.BandIndices(Stacks.BandNames, colourful.Name));
        Works("prepare", "scene.tif", "-o", "stack.tif");
        using (IRasterSource stack = new RunOptions().Open(PathOf("stack.tif")))
            Assert.Equal(Enumerable.Range(0, 10), stack.Info.BandIndices(Stacks.BandNames, stack.Name));
        using IRasterSource named = new RunOptions().Open(Stacks.Write(PathOf("named.tif"), 48, 48));
        Assert.Equal(Enumerable.Range(0, 10), named.Info.BandIndices(Stacks.BandNames, named.Name));
    }

    // A map of another program: the codes of the map changed, without names.
    private void Calculate(string name, string formula, string? noData, string type = "Byte")
    {
        Run("gdal_calc.py", ["--quiet", "-A", "map.tif", "--calc", formula, "--hideNoData", "--type", type, "--overwrite", "--outfile", name, .. noData is null ? [] : new[] { "--NoDataValue", noData }]);
        if (noData is null) Run("gdal_edit.py", "-unsetnodata", name);
    }

    private void Name(string map, params string[] names) => File.WriteAllText(PathOf($"{map}.aux.xml"),
        $"""<PAMDataset><PAMRasterBand band="1"><CategoryNames>{string.Concat(names.Select(name => $"<Category>{name}</Category>"))}</CategoryNames></PAMRasterBand></PAMDataset>""");
}
