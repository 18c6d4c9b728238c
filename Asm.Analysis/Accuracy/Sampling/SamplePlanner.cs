using System.Globalization;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Raster;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>Turns a design and the pixels of a map into a plan.</summary>
internal static class SamplePlanner
{
    public static SamplePlan Plan(ClassMap map, long[] codePixels, SampleOptions options)
    {
        if (!(options.StandardError > 0 && options.StandardError < 1))
            throw new SettingException("standard-error", string.Create(CultureInfo.InvariantCulture, $"is {options.StandardError}"),
                "above 0 and below 1", "for example 0.01");
        if (options.Points is < 1 or > SampleOptions.MostPoints)
            throw new SettingException("points", $"is {options.Points}", $"1 to {SampleOptions.MostPoints} points", "give another number");
        var legend = new ClassLegend(map, codePixels);
        MapClass[] classes = [.. legend.Classes.Where(c => codePixels[c.Code] > 0)];
        if (classes.Length == 0) throw new AsmException(map.Source.Name, "has no pixel with data", "a map with classes", "check the file");
        var notes = new List<string>();
        double[] accuracy = ByClass("users-accuracy", options.UsersAccuracy, legend, classes, SampleOptions.DefaultUsersAccuracy, notes);
        long[] pixels = [.. classes.Select(c => codePixels[c.Code])];
        if (options.Allocation.Rule == AllocationRule.Simple)
        {
            // One stratum whose spread is that of the whole map.
            accuracy = [classes.Select((_, i) => accuracy[i] * pixels[i]).Sum() / pixels.Sum()];
            (classes, pixels) = ([new MapClass(0, PointsFile.AllStrata, default)], [pixels.Sum()]);
        }

        double? formula = options.Points is null && options.Allocation.Rule != AllocationRule.Counts
            ? SampleSize.For(pixels, accuracy, options.StandardError)
            : null;
        int[] points = options.Allocation.Rule == AllocationRule.Counts
            ? Counts(options, legend, classes, pixels, notes)
            : Shared(options, formula, legend, classes, pixels, accuracy, notes);
        foreach ((MapClass c, int i) in classes.Select((c, i) => (c, i)))
            if (points[i] < 2)
                notes.Add($"{c.Name} gets {points[i]} point{(points[i] == 1 ? "" : "s")}: "
                    + "with fewer than 2 its accuracy, and all areas, will not be estimable with an interval.");
        return new SamplePlan
        {
            Strata = [.. classes.Select((c, i) => new SampleStratum(c, pixels[i], accuracy[i], points[i]))],
            FormulaSize = formula,
            ExpectedStandardError = SampleSize.StandardErrorOf(pixels, accuracy, [.. points.Select(n => (long)n)]),
            Notes = notes,
            Seed = options.Seed,
        };
    }

    private static int[] Counts(SampleOptions options, ClassLegend legend, MapClass[] classes, long[] pixels, List<string> notes)
    {
        double[] wanted = ByClass("allocation", options.Allocation.Figures, legend, classes, 0, notes);
        if (options.Points is { } n && n != wanted.Sum())
            throw new SettingException("points",
                string.Create(CultureInfo.InvariantCulture, $"is {n}, but the points of `allocation` add up to {wanted.Sum()}"),
                "one or the other", "leave -n out");
        if (wanted.Sum() is < 1 or > SampleOptions.MostPoints)
            throw new SettingException("allocation", string.Create(CultureInfo.InvariantCulture, $"asks for {wanted.Sum()} points"),
                $"1 to {SampleOptions.MostPoints}", "give other numbers");
        return [.. wanted.Select((w, i) => (int)Available(classes[i], pixels[i], Math.Max(w, options.MinimumPerClass ?? 0), notes))];
    }

    private static int[] Shared(SampleOptions options, double? formula, ClassLegend legend,
        MapClass[] classes, long[] pixels, double[] accuracy, List<string> notes)
    {
        double wanted = options.Points ?? Math.Ceiling(formula!.Value);
        if (wanted > SampleOptions.MostPoints)
            throw new SettingException("standard-error",
                string.Create(CultureInfo.InvariantCulture, $"{options.StandardError} needs {wanted:N0} points"),
                $"a standard error that {SampleOptions.MostPoints:N0} points reach", "give a larger one");
        if (wanted > pixels.Sum())
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{wanted:N0} points were asked for, the map has {pixels.Sum():N0} pixels: all are taken."));

        // At least 1: with all accuracies at 0 or 1 the formula asks for nothing.
        int size = (int)Math.Clamp(wanted, 1, pixels.Sum());
        int minimum = Math.Max(options.MinimumPerClass ?? Math.Min(SampleOptions.DefaultMinimum, size / classes.Length / 2), 0);
        int[] least = [.. pixels.Select((n, i) => (int)Available(classes[i], n, minimum, notes))];
        if (least.Sum() > size)
            throw new SettingException("minimum", $"{minimum} points of each of {classes.Length} classes are {least.Sum()}",
                $"no more than the {size} points of the sample", "give a smaller minimum, or more `points`");
        double[] weights = options.Allocation.Rule switch
        {
            AllocationRule.Equal => [.. pixels.Select(_ => 1.0)],
            AllocationRule.Neyman => [.. pixels.Select((n, i) => n * Math.Sqrt(accuracy[i] * (1 - accuracy[i])))],
            AllocationRule.Shares => ByClass("allocation", options.Allocation.Figures, legend, classes, 0, notes),
            _ => [.. pixels.Select(n => (double)n)],
        };
        int[] most = [.. pixels.Select(n => (int)Math.Min(n, int.MaxValue))];
        int[] points = Apportionment.Share(size, weights, least, most);
        for (int i = 0; i < classes.Length; i++)
            if (points[i] == pixels[i] && least[i] < pixels[i])
                notes.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{classes[i].Name} has {pixels[i]:N0} pixels only: all are taken, and the other classes get the rest."));
        return points;
    }

    private static double Available(MapClass one, long pixels, double wanted, List<string> notes)
    {
        if (wanted <= pixels) return wanted;
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{one.Name} has {pixels:N0} pixels only, {wanted:N0} points were asked for: all are taken."));
        return pixels;
    }

    private static double[] ByClass(string option, IReadOnlyDictionary<string, double> figures,
        ClassLegend legend, MapClass[] classes, double other, List<string> notes)
    {
        var byCode = new Dictionary<int, double>();
        foreach ((string word, double figure) in figures)
        {
            byte code = legend.Require(word, $"`{option}`");
            if (!byCode.TryAdd(code, figure)) throw new SettingException(option, $"names {word} twice", "each class once", "remove one");
            if (figure > 0 && classes.All(c => c.Code != code))
                notes.Add($"`{option}` names {legend.NameOf(code)}, of which the map has no pixel.");
        }
        return [.. classes.Select(c => byCode.GetValueOrDefault(c.Code, other))];
    }
}
