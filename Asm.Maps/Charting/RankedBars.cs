using Asm.Raster.Windows;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Asm.Maps.Charting;

/// <summary>Horizontal bars, the largest on top; those beyond the first few are added up in one.</summary>
internal sealed class RankedBars
{
    private const int TextSize = 14, LineLength = 38, BarPixels = 38, FramePixels = 130;

    private static readonly Rgb RestColor = new(150, 150, 150);

    private readonly List<ChartZone> _drawn;
    private readonly bool _hasRest;

    public RankedBars(IReadOnlyList<ChartZone> zones, int most)
    {
        // Equal areas by name, so that the order of the input does not show.
        ChartZone[] ranked = [.. zones.OrderByDescending(z => z.Hectares).ThenBy(z => z.Name, StringComparer.Ordinal)];
        _hasRest = ranked.Length > most;
        _drawn = [.. ranked.Take(most)];
        if (_hasRest) _drawn.Add(new($"{ranked.Length - most} other zones together", ranked.Skip(most).Sum(z => z.Hectares)));
    }

    /// <summary>The height at which names do not touch.</summary>
    public int HeightPixels => FramePixels + BarPixels * _drawn.Count;

    /// <summary>The chart.</summary>
    public Plot Draw(string valueLabel, Rgb color)
    {
        var plot = new Plot();
        Bar[] bars = [.. _drawn.Select((zone, i) => new Bar
        {
            Position = -i,
            Value = zone.Hectares,
            Size = 0.7,
            Orientation = Orientation.Horizontal,
            FillColor = ChartData.ToColor(_hasRest && i == _drawn.Count - 1 ? RestColor : color),
            LineWidth = 0,
            Label = ChartData.Number(zone.Hectares),
        })];
        ScottPlot.Plottables.BarPlot drawn = plot.Add.Bars(bars);
        drawn.Horizontal = true;
        drawn.ValueLabelStyle.FontSize = TextSize - 1;
        double high = _drawn.Max(z => z.Hectares);
        plot.Axes.SetLimits(0, high > 0 ? 1.12 * high : 1, 0.5 - _drawn.Count, 0.5);
        plot.Axes.Left.TickGenerator = new NumericManual([.. _drawn.Select((zone, i) =>
            new Tick(-i, ChartData.Wrap(zone.Name, LineLength)))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = ChartData.Tick };
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = TextSize;
        plot.XLabel(valueLabel, TextSize + 2);
        plot.Grid.YAxisStyle.IsVisible = false;
        return plot;
    }
}
