using Asm.Inference.Preparation.Products;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>Puts a stack together from files: finds the bands, checks that their grids fit, brings all to 10 m.</summary>
internal static class StackAssembly
{
    /// <summary>Opens the files of a stack.</summary>
    /// <param name="sources">A product, a folder of band files, band files, or one file with all ten bands.</param>
    /// <param name="radiometry">How samples become reflectance.</param>
    /// <param name="opener">Opens files.</param>
    /// <exception cref="AsmException">A band is missing or ambiguous, or the files do not fit together.</exception>
    public static StackSource Open(IReadOnlyList<string> sources, StackRadiometry radiometry, BandOpener opener)
    {
        if (sources.Count == 0)
            throw new AsmException("stack", "no source was given",
                "a product, a folder of band files, band files, or one ten-band GeoTIFF", "name at least one");
        var opened = new List<IRasterSource>();
        try
        {
            if (sources.Count == 1 && OneFile(sources[0]) is { } path)
            {
                IRasterSource file = Keep(opener.Open(path, []));
                if (radiometry.Bands is { } names) file = NamedBands.Given(file, BandList.Require(names));
                if (file.Info.Bands.Count > 1) return FromOneFile(file, path, radiometry);
            }
            if (radiometry.Bands is not null)
                throw new SettingException("bands", $"is given for {sources[0]}, which is no single file with all bands",
                    "one GeoTIFF that holds all bands", "leave `bands` out");
            if (sources.Count == 1 && ProductFolder.IsProduct(sources[0]))
                return FromProduct(ProductFolder.Read(sources[0], radiometry.Offset is not null, opener.Run), radiometry, opener, Keep);
            if (sources.FirstOrDefault(ProductFolder.IsProduct) is { } folder)
                throw new AsmException(folder, "is a product or a folder among other sources",
                    "one product or folder, or band files", "name one alone, or the files of the bands");
            if (sources.FirstOrDefault(s => !RemoteFile.IsFile(s)) is { } absent)
                throw new AsmException(absent, "does not exist",
                    "a product, a folder of band files, band files, or one ten-band GeoTIFF", "check the path", AsmErrorCode.InputMissing);
            IReadOnlyList<string> files = BandFileFinder.Find(sources, sources[0]);
            if (sources.Count > 1 && Array.IndexOf(BandFileFinder.BandsOf(sources), null) is var other and >= 0)
                throw new AsmException(sources[other], "is no file of a band that is wanted",
                    $"files of {string.Join(", ", StackBands.Names)}", "leave it out", AsmErrorCode.InputFormat);
            if (ProductFolder.Around(files, radiometry.Offset is not null) is { } product)
                return FromProduct(product, radiometry, opener, Keep);
            return FromBandFiles(sources[0], [.. files.SelectMany(RasterFiles.FilesOf)],
                [.. files.Select(file => Keep(opener.Open(file, [])))], _ => radiometry);
        }
        catch
        {
            foreach (IRasterSource file in opened) file.Dispose();
            throw;
        }

        IRasterSource Keep(IRasterSource file)
        {
            opened.Add(file);
            return NoDataOverride.Of(file, radiometry);
        }
    }

    /// <summary>The GeoTIFF that a source is, or that a folder holds alone; null for anything else.</summary>
    private static string? OneFile(string source)
    {
        if (RemoteFile.IsFile(source))
            return BandFileFinder.IsGeoTiff(source) || !BandFileFinder.IsJpeg2000(source) && !ProductFolder.IsProduct(source)
                ? source
                : null;
        return Directory.Exists(source)
            && Directory.EnumerateFileSystemEntries(source).Where(entry => !ProductFolder.IsLeftover(entry)).Take(2).ToArray() is [var only]
            && BandFileFinder.IsGeoTiff(only) && File.Exists(only)
            ? only
            : null;
    }

    private static StackSource FromProduct(Product product, StackRadiometry radiometry,
        BandOpener opener, Func<IRasterSource, IRasterSource> keep)
    {
        IRasterSource[] files = [.. product.BandPaths.Select(path => keep(product.Files.Open(path, opener, product.Grids)))];
        for (int i = 0; i < files.Length; i++) product.RequireAgreement(StackBands.Names[i], files[i], radiometry);
        StackSource stack = FromBandFiles(product.Files.Name, product.Files.Inputs([.. product.BandPaths, .. product.MetadataPaths]),
            files, band => product.Radiometry(band, radiometry));
        stack.Describe(product.Metadata, product.Notices(radiometry),
            cancellation => Manifest.Verify(product.Files, [.. product.BandPaths, .. product.MetadataPaths],
                opener.Run with { Cancellation = cancellation }));
        if (product.ClassificationPath is { } classification)
            stack.Classify(product.Files.Inputs([classification]), () => product.Files.Open(classification, opener, product.Grids));
        return stack;
    }

    private static StackSource FromOneFile(IRasterSource file, string path, StackRadiometry radiometry)
    {
        RequireUsableGrid(file);
        if (radiometry.Offset is not null && file.Info.Metadata.TryGetValue("ASM_TOOL", out string? tool))
            throw new AsmException(file.Name, $"is a stack that was prepared already ({tool}): its offset is gone",
                "a file as it was delivered", "leave `offset` out");
        int[] positions = BandMatch.Find(file.Info, StackBands.Names, file.Name);
        var stack = new StackSource(file.Name,
            [.. positions.Select((position, i) => new StackBand(file, position, Scaling(file, position, StackBands.Names[i], radiometry)))],
            RasterFiles.FilesOf(path));
        stack.Describe(ProductMetadataJson.Read(file.Info.Metadata), []);
        return stack;
    }

    private static StackSource FromBandFiles(string name, IReadOnlyList<string> inputs,
        IRasterSource[] files, Func<string, StackRadiometry> radiometryOf)
    {
        IRasterSource first = files[0];
        RequireUsableGrid(first);
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].Info.Bands.Count != 1)
                throw new AsmException(files[i].Name, $"has {files[i].Info.Bands.Count} bands",
                    "one band, as its name is that of a band's file", "give the file alone if it holds all ten bands");
            files[i] = OnGrid(files[i], first);
        }
        return new(name, [.. files.Select((file, i) =>
            new StackBand(file, 0, Scaling(file, 0, StackBands.Names[i], radiometryOf(StackBands.Names[i]))))], inputs);
    }

    /// <summary>The file itself where it has the grid of B02, else upsampled to it.</summary>
    private static IRasterSource OnGrid(IRasterSource file, IRasterSource first)
    {
        GeoGrid grid = first.Info.Grid, own = file.Info.Grid;
        bool isCoarser = Math.Abs(own.PixelWidth / grid.PixelWidth - 2) < 0.01;
        if (isCoarser) return new UpsampledSource(file, grid, first.Name);
        grid.RequireSame(own, first.Name, file.Name);
        return file;
    }

    private static ReflectanceScaling Scaling(IRasterSource file, int position, string band, StackRadiometry radiometry) =>
        new(file.Info.SampleType, file.Info.Bands[position], radiometry, $"{file.Name}, band {band}");

    private static void RequireUsableGrid(IRasterSource file)
    {
        GeoGrid grid = file.Info.Grid;
        Crs crs = grid.RequireCrs(file.Name);
        // Generous, because tiles that were warped have odd pixel sizes; a 20 m band in place of the 10 m one is what must not pass.
        if (!crs.IsGeographic && grid.PixelWidth is < 5 or > 15)
            throw new AsmException(file.Name, $"has pixels of {grid.PixelWidth} x {grid.PixelHeight}",
                "the 10 m grid of B02", "give the file of B02 at 10 m");
    }
}
