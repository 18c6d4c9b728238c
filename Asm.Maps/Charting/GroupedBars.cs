using Asm.Raster.Windows;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Asm.Maps.Charting;

/// <summary>Upright bars in groups, one group a season, one bar a class; values below 0 hang down.</summary>
/// <param name="groups">The names below the groups.</param>
/// <param name="barsPerGroup">Bars side by side in a group.</param>
/// <param name="mostNumbered">Up to so many bars in all, each bears its number.</param>
internal sealed class GroupedBars(IReadOnlyList<string> groups, int barsPerGroup, int mostNumbered)
{
    private const double GroupWidth = 0.8;
    private const int TextSize = 14, LongestLabel = 14;

    // Room that the library does not measure: the label beside the numbers of the axis, and upright names. A letter is
    // about 0.6 of its size wide.
    private const double LetterPixels = 0.62 * TextSize, LabelPixels = 44;

    private readonly List<Bar> _bars = [];
    private readonly bool _isNumbered = groups.Count * barsPerGroup <= mostNumbered;

    /// <summary>Adds a bar; NaN adds none.</summary>
    public void Add(int group, int position, double value, Rgb color)
    {
        if (double.IsNaN(value)) return;
        double width = GroupWidth / barsPerGroup;
        _bars.Add(new Bar
        {
            Position = group + (position + 0.5) * width - GroupWidth / 2,
            Value = value,
            Size = 0.92 * width,
            FillColor = ChartData.ToColor(color),
            LineWidth = 0,
            Label = _isNumbered ? ChartData.Number(Math.Abs(value)) : "",
        });
    }

    /// <summary>The chart of all bars added.</summary>
    public Plot Draw(string valueLabel, IReadOnlyList<(string Name, Rgb Color)> legend)
    {
        if (groups.Count == 0 || barsPerGroup == 0) throw new ArgumentException("there is nothing to draw");
        var plot = new Plot();
        ScottPlot.Plottables.BarPlot drawn = plot.Add.Bars(_bars);
        drawn.ValueLabelStyle.FontSize = TextSize - 2;
        double low = _bars.Select(b => b.Value).Append(0).Min(), high = _bars.Select(b => b.Value).Append(0).Max();
        // Room for the numbers at the ends of the bars; an empty chart still gets an axis.
        double room = _isNumbered ? 0.1 : 0.05, span = high > low ? high - low : 1;
        plot.Axes.SetLimits(-0.5, groups.Count - 0.5, low < 0 ? low - room * span : 0, high + room * span);
        if (low < 0) plot.Add.HorizontalLine(0, 1, Colors.Black);
        NameGroups(plot);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = ChartData.Tick };
        plot.Axes.Left.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Left.MinimumSize = (float)(LabelPixels
            + LetterPixels * (1 + Math.Max(ChartData.Tick(Math.Round(high)).Length, ChartData.Tick(Math.Round(low)).Length)));
        plot.YLabel(valueLabel, TextSize + 2);
        plot.Grid.XAxisStyle.IsVisible = false;
        ScottPlot.Panels.LegendPanel panel = plot.ShowLegend(Edge.Right);
        panel.Legend.FontSize = TextSize;
        panel.Legend.ManualItems.AddRange(legend.Select(item =>
            new LegendItem { LabelText = item.Name, FillColor = ChartData.ToColor(item.Color), LineWidth = 0 }));
        return plot;
    }

    private void NameGroups(Plot plot)
    {
        bool isUpright = groups.Sum(name => name.Length + 2) > 90;
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. groups.Select((name, i) =>
            new Tick(i, isUpright ? name : ChartData.Wrap(name, LongestLabel)))]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickLabelStyle.FontSize = TextSize;
        if (!isUpright) return;
        plot.Axes.Bottom.MinimumSize = (float)(LetterPixels * groups.Max(name => name.Length) + TextSize);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
        plot.Axes.Bottom.TickLabelStyle.OffsetY = TextSize / 2;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
    }
}
