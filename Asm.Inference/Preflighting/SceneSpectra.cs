namespace Asm.Inference.Preflighting;

/// <summary>Pixels of a sample with the names of their bands, and the statistics that the checks ask for.</summary>
internal sealed class SceneSpectra
{
    private readonly string[] _names;
    private readonly float[][] _bands;
    private readonly float[]?[] _sorted;

    public SceneSpectra(IReadOnlyList<string> names, float[][] bands) =>
        (_names, _bands, _sorted) = ([.. names.Select(n => n.ToUpperInvariant())], bands, new float[bands.Length][]);

    /// <summary>Pixels.</summary>
    public int Count => _bands[0].Length;

    /// <summary>Names of the bands.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>True where all of the bands are there.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (!_names.Contains(name)) return false;
        return true;
    }

    /// <summary>Reflectances of a band.</summary>
    public float[] this[string name] => _bands[Array.IndexOf(_names, name)];

    /// <summary>Reflectances of a band by position.</summary>
    public float[] this[int band] => _bands[band];

    /// <summary>The pixels that are chosen.</summary>
    public SceneSpectra Where(Func<int, bool> isChosen)
    {
        int[] chosen = [.. Enumerable.Range(0, Count).Where(isChosen)];
        return Take(chosen);
    }

    /// <summary>The pixels at the positions.</summary>
    public SceneSpectra Take(int[] positions) => new(_names, [.. _bands.Select(band => Array.ConvertAll(positions, i => band[i]))]);

    /// <summary>The named bands, in the order of the names.</summary>
    public SceneSpectra Only(string[] names) => new(names, [.. names.Select(name => this[name])]);

    /// <summary>Mean of each band.</summary>
    public double[] Means() => [.. _bands.Select(band => band.Length == 0 ? double.NaN : band.Average(v => (double)v))];

    /// <summary>The value below which a share of a band's pixels lies, interpolated.</summary>
    public double Quantile(string name, double share) => Quantile(Array.IndexOf(_names, name), share);

    /// <summary>The value below which a share of a band's pixels lies, interpolated.</summary>
    public double Quantile(int band, double share)
    {
        float[] sorted = Sorted(band);
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }

    /// <summary>Pearson's correlation of two bands; NaN where one is constant.</summary>
    public double Correlation(string first, string second)
    {
        (float[] x, float[] y) = (this[first], this[second]);
        if (x.Length == 0) return double.NaN;
        (double xMean, double yMean) = (x.Average(v => (double)v), y.Average(v => (double)v));
        (double xx, double yy, double xy) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            (double dx, double dy) = (x[i] - xMean, y[i] - yMean);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }
        return xy / Math.Sqrt(xx * yy);
    }

    /// <summary>From the 10 % to the 90 % quantile of a band: what an additive haze leaves as it is.</summary>
    public double Spread(string name) => Quantile(name, 0.9) - Quantile(name, 0.1);

    // The checks ask for many quantiles of a band.
    private float[] Sorted(int band)
    {
        if (_sorted[band] is { } known) return known;
        float[] sorted = [.. _bands[band]];
        Array.Sort(sorted);
        return _sorted[band] = sorted;
    }
}
