using Asm.Training.Configuration;
using ScottPlot;

namespace Asm.Training.Fitting;

/// <summary>The picture of a run: losses above, intersection over union of each class below, over the epochs.</summary>
internal static class LossCurves
{
    private const int WidthPixels = 900, HeightPixels = 900;

    /// <summary>Writes the picture as PNG; the one before is replaced.</summary>
    public static void Write(string path, IReadOnlyList<EpochResult> history, IReadOnlyList<ClassConfig> classes)
    {
        var both = new Multiplot();
        both.AddPlots(2);
        both.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: 2, columns: 1);
        Plot losses = both.Subplots.GetPlot(0), measures = both.Subplots.GetPlot(1);
        Line(losses, history, r => r.TrainLoss, "training (with dropout and variation)", "#0072b2");
        Line(losses, history, r => r.ValidationLoss, "validation", "#d55e00");
        for (int i = 0; i < classes.Count; i++)
        {
            int position = i;
            Line(measures, history, r => r.IntersectionOverUnion.ElementAtOrDefault(position), classes[i].Name, classes[i].Color);
        }

        Line(measures, history, r => r.MeanIntersectionOverUnion, "mean", "#000000");
        Label(losses, "Loss", "cross-entropy", Alignment.UpperRight);
        Label(measures, "Intersection over union on the validation patches", "IoU", Alignment.LowerRight);
        losses.Axes.SetLimitsY(0, 1.1 * history.Max(r => Math.Max(r.TrainLoss, r.ValidationLoss ?? 0)));
        measures.Axes.SetLimitsY(0, 1);
        byte[] picture = both.Render(WidthPixels, HeightPixels).GetImageBytes();
        RunFile.Write(path, file => file.Write(picture));

        void Label(Plot plot, string title, string y, Alignment legend)
        {
            plot.Title(title, 20);
            plot.XLabel("epoch", 16);
            plot.YLabel(y, 16);
            // room for label and numbers side by side
            plot.Axes.Left.MinimumSize = 85;
            plot.Axes.SetLimitsX(0, history[^1].Epoch + 1);
            plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 14;
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
            plot.ShowLegend(legend).FontSize = 14;
        }
    }

    private static void Line(Plot plot, IReadOnlyList<EpochResult> history, Func<EpochResult, double?> value, string name, string color)
    {
        (double Epoch, double Value)[] points = [.. history.Where(r => value(r) is not null)
            .Select(r => ((double)r.Epoch, value(r)!.Value))];
        if (points.Length == 0) return;
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points.Select(p => p.Epoch).ToArray(),
            points.Select(p => p.Value).ToArray(), Color.FromHex(color));
        (line.LegendText, line.LineWidth, line.MarkerSize) = (name, 2, 5);
    }
}
