using Asm.Analysis.Changes;
using Asm.Analysis.Ensembling;
using Asm.Analysis.Mosaicing;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Maps.Classes;

/// <summary>Masks in the stages after prediction: a mask over the left two columns, grown by 10 m to three of four.</summary>
public sealed class MaskedStageTests : IDisposable
{
    private static readonly GeoGrid Grid = new(4, 2, new(600000, 700000), 10, 10, Crs.FromEpsg(32630));

    private readonly TempFolder _folder = new();

    private readonly PolygonMask _mask = new(new VectorLayer("lake", Grid.Crs!, [], [new(1, GeometryFactory.Default.ToGeometry(new Envelope(599900, 600020, 699900, 700100)), new Dictionary<string, object?>())]), 10);

    [Fact]
    public void A_change_map_has_no_data_under_a_mask()
    {
        new ChangeStage { Maps = [Classes("a.tif", 3), Classes("b.tif", 1)], OutputPath = _folder.File("change.tif"), Masks = [_mask] }.Run(new RunOptions());
        Assert.Equal([0, 0, 0, 31, 0, 0, 0, 31], Read("change.tif"));
    }

    [Fact]
    public void A_mosaic_has_no_data_under_a_mask()
    {
        new MosaicStage { Inputs = [Classes("a.tif", 3)], OutputPath = _folder.File("mosaic.tif"), Masks = [_mask] }.Run(new RunOptions());
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 3], Read("mosaic.tif"));
    }

    [Fact]
    public void An_ensemble_has_no_data_under_a_mask_and_says_so_in_its_provenance()
    {
        string path = _folder.File("p.tif");
        var info = new RasterInfo { Grid = Grid, SampleType = SampleType.UInt8, Bands = [new() { Name = "mines", NoData = 0, Scale = 1 / 255.0 }, new() { Name = "built", NoData = 0, Scale = 1 / 255.0 }] };
        Write(path, info, [.. Enumerable.Repeat((byte)50, 8), .. Enumerable.Repeat((byte)200, 8)]);
        new EnsembleStage { Inputs = [path], Directory = _folder.FullPath, Name = "season", Outputs = EnsembleOutputs.Classes, Masks = [_mask] }.Run(new RunOptions());
        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 2], Read("season.classes.tif"));
        using GeoTiffSource season = GeoTiffSource.Open(_folder.File("season.classes.tif"));
        Assert.Contains("lake, buffer 10 m", season.Info.Metadata["ASM_OPTIONS"], StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string Classes(string name, byte code)
    {
        string path = _folder.File(name);
        Write(path, new RasterInfo { Grid = Grid, SampleType = SampleType.UInt8, Bands = [new() { Name = "class", NoData = 0 }], ClassNames = ["no data", "mines", "built", "vegetation"] }, [.. Enumerable.Repeat(code, 8)]);
        return path;
    }

    private static void Write(string path, RasterInfo info, byte[] samples)
    {
        using CogSink sink = CogSink.Create(path, info);
        sink.WriteRows<byte>(2, samples);
        sink.Complete();
    }

    private byte[] Read(string name)
    {
        using GeoTiffSource source = GeoTiffSource.Open(_folder.File(name));
        var samples = new byte[8];
        source.Read<byte>(Grid.FullWindow, [0], samples);
        return samples;
    }
}
