using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Charting;
using Asm.Raster;
using Asm.Raster.Windows;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Draws assessments as PNG pictures.</summary>
internal static class AssessmentPicture
{
    private const int ColumnPixels = 420, RowPixels = 400, Columns = 3, TextSize = 14, LineLength = 16;

    // Room for the end of an interval at 1.
    private const double MostShare = 1.03;

    // Colours of Okabe and Ito (2008), which are not those of the default classes.
    private static readonly Rgb First = Rgb.Parse("#0072b2"), Second = Rgb.Parse("#e69f00"),
        Third = Rgb.Parse("#cc79a7"), Plain = Rgb.Parse("#999999");

    /// <summary>Draws user's and producer's accuracies, and the mapped and the estimated area of each class, with 95 % intervals.</summary>
    /// <param name="path">The picture, .png.</param>
    /// <param name="result">The figures.</param>
    /// <param name="overwrite">Replace a file that exists.</param>
    /// <exception cref="AsmException">
    /// The ending is another, the name is taken, the file cannot be written, or the system has no fonts.
    /// </exception>
    public static void Write(string path, PointAssessment result, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        var plots = new List<Plot>
        {
            Bars("Accuracy, with 95 % intervals", ["overall", .. result.Classes.Select(c => c.Class.Name)],
                [("user's", First, [null, .. result.Classes.Select(c => c.Users)]),
                    ("producer's", Second, [null, .. result.Classes.Select(c => c.Producers)]), ("overall", Plain, [result.Overall])],
                MostShare),
        };
        double pixels = result.Strata.Sum(s => s.Pixels);
        foreach (AssessedClass one in result.Classes)
        {
            bool hasHectares = result.HectaresPerPixel is not null;
            var mapped = new Estimate(hasHectares ? one.MappedHectares!.Value : one.MappedPixels / pixels, 0, 0, double.MaxValue);
            plots.Add(Bars($"{one.Class.Name}, {(hasHectares ? "hectares" : "share of pixels")}", ["mapped", "estimated"],
                [("", Plain, [mapped, null]), ("", First, [null, hasHectares ? one.AreaHectares : one.AreaShare])], null));
        }
        Write(path, plots, [.. result.Classes.Select(c => c.Class.Name)], overwrite);
    }

    /// <summary>Draws class accuracy, user's accuracy, IoU and F1 of each class.</summary>
    /// <param name="path">The picture, .png.</param>
    /// <param name="result">The figures.</param>
    /// <param name="overwrite">Replace a file that exists.</param>
    /// <exception cref="AsmException">
    /// The ending is another, the name is taken, the file cannot be written, or the system has no fonts.
    /// </exception>
    public static void Write(string path, MaskAssessment result, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        var plots = new List<Plot> { Bars("All pixels", result, result.All) };
        if (result.Interior is { } interior) plots.Add(Bars($"Without {result.BoundaryPixels} px at borders", result, interior));
        Write(path, plots, [.. result.Classes.Select(c => c.Name)], overwrite);
    }

    private static void Write(string path, List<Plot> plots, string[] words, bool overwrite)
    {
        int columns = Math.Min(Columns, plots.Count), rows = (plots.Count + columns - 1) / columns;
        var all = new Multiplot();
        // It begins with an empty plot.
        all.Reset(plots[0]);
        foreach (Plot plot in plots.Skip(1)) all.AddPlot(plot);
        all.Layout = new ScottPlot.MultiplotLayouts.Grid(rows, columns);
        ChartFile.Write(path, all, words, columns * ColumnPixels, rows * RowPixels, overwrite);
    }

    private static Plot Bars(string title, MaskAssessment result, ConfusionMatrix matrix)
    {
        Estimate?[] Figures(Func<int, double> figure) =>
            [.. Enumerable.Range(1, matrix.Classes).Select(figure).Select(f => double.IsFinite(f) ? new Estimate(f, 0) : null)];
        return Bars(title, [.. result.Classes.Select(c => c.Name)],
            [("class accuracy", First, Figures(matrix.ClassAccuracy)), ("user's", Second, Figures(matrix.UsersAccuracy)),
                ("IoU", Third, Figures(matrix.IntersectionOverUnion)), ("F1", Plain, Figures(matrix.F1))], MostShare);
    }

    /// <summary>Bars in groups; what is not estimable has none. A group whose other bars are missing has its one in the middle.</summary>
    private static Plot Bars(string title, string[] groups, (string Name, Rgb Color, Estimate?[] Values)[] series, double? most)
    {
        var plot = new Plot();
        double top = 0;
        for (int g = 0; g < groups.Length; g++)
        {
            (Rgb Color, Estimate Value)[] bars = [.. series.Where(s => g < s.Values.Length && s.Values[g] is not null)
                .Select(s => (s.Color, s.Values[g]!))];
            double width = 0.8 / Math.Max(2, bars.Length);
            for (int b = 0; b < bars.Length; b++)
            {
                double at = g + (b - (bars.Length - 1) / 2.0) * width;
                Estimate value = bars[b].Value;
                plot.Add.Bar(new Bar
                {
                    Position = at,
                    Value = value.Value,
                    Size = 0.92 * width,
                    FillColor = ChartData.ToColor(bars[b].Color),
                    LineWidth = 0
                });
                if (value is { StandardError: > 0, Low: { } low, High: { } high }) Whisker(plot, at, low, high, 0.25 * width);
                top = Math.Max(top, value.High ?? value.Value);
            }
        }
        plot.Title(title, TextSize + 2);
        plot.Axes.SetLimits(-0.6, groups.Length - 0.4, 0, most ?? (top > 0 ? 1.08 * top : 1));
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. groups.Select((name, i) => new Tick(i, ChartData.Wrap(name, LineLength)))]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = ChartData.Tick };
        plot.Grid.XAxisStyle.IsVisible = false;
        LegendItem[] legend = [.. series.Where(s => s.Name.Length > 0 && s.Values.Length > 1)
            .Select(s => new LegendItem { LabelText = s.Name, FillColor = ChartData.ToColor(s.Color), LineWidth = 0 })];
        if (legend.Length > 0)
        {
            ScottPlot.Panels.LegendPanel panel = plot.ShowLegend(Edge.Bottom);
            panel.Legend.FontSize = TextSize;
            panel.Legend.Orientation = Orientation.Horizontal;
            panel.Legend.ManualItems.AddRange(legend);
        }
        return plot;
    }

    private static void Whisker(Plot plot, double at, double low, double high, double half)
    {
        foreach ((double x1, double y1, double x2, double y2) in new[]
        {
            (at, low, at, high), (at - half, low, at + half, low), (at - half, high, at + half, high)
        })
        {
            ScottPlot.Plottables.LinePlot line = plot.Add.Line(x1, y1, x2, y2);
            (line.LineColor, line.LineWidth, line.MarkerSize) = (Colors.Black, 1.5f, 0);
        }
    }
}
