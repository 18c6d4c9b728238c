using System.Globalization;
using System.Numerics;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>A raster with another nodata value than its file declares. Disposes the raster with itself.</summary>
internal sealed class NoDataOverride : IRasterSource
{
    private readonly IRasterSource _source;

    private NoDataOverride(IRasterSource source, double noData)
    {
        _source = source;
        Info = source.Info with { Bands = [.. source.Info.Bands.Select(band => band with { NoData = noData })] };
    }

    /// <summary>
    /// A file with the nodata value that is given, or with 0 where a file of one band of integers declares none, as Sentinel-2 products
    /// have it. Of a file with several bands 0 in all of them is no data anyway: see <see cref="Validity"/>.
    /// </summary>
    /// <exception cref="AsmException">A value is given that no sample of the file can be.</exception>
    public static IRasterSource Of(IRasterSource file, StackRadiometry radiometry)
    {
        RasterInfo info = file.Info;
        bool isFloat = info.SampleType is SampleType.Float32 or SampleType.Float64;
        if (radiometry.NoData is not { } given)
            return isFloat || info.Bands.Count > 1 || info.Bands[0].NoData is not null ? file : new NoDataOverride(file, 0);
        if (!isFloat && !NoDataInterval.Holds(info.SampleType, given))
            throw new SettingException("nodata",
                string.Create(CultureInfo.InvariantCulture, $"is {given:R}, and the samples of {file.Name} are {info.SampleType}"),
                "a number that its samples can be", "give another number, or leave it out");
        return new NoDataOverride(file, given);
    }

    public string Name => _source.Name;

    public RasterInfo Info { get; }

    public long BufferBytes => _source.BufferBytes;

    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> =>
        _source.Read(window, bands, destination);

    public void ReadMask(PixelWindow window, Span<byte> valid) => _source.ReadMask(window, valid);

    public void Dispose() => _source.Dispose();
}
