using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// Turns the DNs of one band into reflectance x 10,000 as a stack has it: rounded half up, clamped to 1..65535, 0 for no data.
/// </summary>
internal sealed class ReflectanceScaling
{
    /// <summary>Samples of reflectance 1 in a stack.</summary>
    public const double StackQuantification = 10_000;

    private readonly double _gain;
    private readonly NoDataInterval? _noData;
    private readonly ushort[]? _table;

    /// <summary>Prepares the scaling of a band.</summary>
    /// <param name="type">The type of its samples.</param>
    /// <param name="band">What its file says of it.</param>
    /// <param name="radiometry">What the user says of it, which goes first.</param>
    /// <param name="bandName">What messages call it.</param>
    public ReflectanceScaling(SampleType type, BandInfo band, StackRadiometry radiometry, string bandName)
    {
        if (radiometry.Offset is null) StackBands.RequireOneUnit(type, band, bandName);
        bool isFloat = type is SampleType.Float32 or SampleType.Float64, declares = band.Scale != 1;
        double quantification = radiometry.Quantification
            ?? (StackBands.IsPlainInteger(type, band) ? StackQuantification : 1 / band.Scale);
        if (!(quantification > 0 && double.IsFinite(quantification)))
            throw new AsmException(bandName, $"its quantification is {quantification}",
                "a finite number above 0", "give the quantification value of the product, 10000 for Sentinel-2");
        Quantification = quantification;
        _gain = StackQuantification / quantification;
        Offset = radiometry.Offset ?? band.Offset / band.Scale;
        HasZeroAsNoData = band.NoData == 0;
        Limits = BandLimits.Of(type, band, 1 / quantification, Offset / quantification);
        _noData = Limits.NoData;
        if (type == SampleType.UInt16 && !(_gain == 1 && Offset == 0 && HasZeroAsNoData))
            _table = [.. Enumerable.Range(0, ushort.MaxValue + 1).Select(dn => Scale(dn))];
    }

    /// <summary>The difference of DNs that is reflectance 1.</summary>
    public double Quantification { get; }

    /// <summary>What is added to DNs before they are divided by it.</summary>
    public double Offset { get; }

    /// <summary>True where the DN 0 means no data.</summary>
    public bool HasZeroAsNoData { get; }

    /// <summary>The DNs that can be reflectance.</summary>
    public BandLimits Limits { get; }

    /// <summary>Scales DNs in place.</summary>
    public void Apply(Span<ushort> samples)
    {
        if (_table is not { } table) return;
        for (int i = 0; i < samples.Length; i++) samples[i] = table[samples[i]];
    }

    /// <summary>Scales DNs.</summary>
    public void Apply(ReadOnlySpan<float> samples, Span<ushort> scaled)
    {
        for (int i = 0; i < samples.Length; i++) scaled[i] = Scale(samples[i]);
    }

    private ushort Scale(double dn)
    {
        if (!double.IsFinite(dn) || _noData?.Contains(dn) == true) return 0;
        return (ushort)Math.Clamp(Math.Floor((dn + Offset) * _gain + 0.5), 1, ushort.MaxValue);
    }
}
