namespace Asm.Inference.Preflighting;

/// <summary>The greenest pixels of a scene, found without presuming which band is which.</summary>
/// <param name="Brightest">The four brightest bands of most of these pixels.</param>
/// <param name="Mean">Their mean spectrum, in the order of the scene's bands.</param>
internal sealed record Leaves(IReadOnlySet<string> Brightest, double[] Mean)
{
    // Four bands of ten lie on the near infrared plateau of leaves, and four in the visible range where leaves absorb. The edges of snow
    // and cloud, where bands of 10 m and 20 m disagree, can look alike, but are brighter.
    private const float LeastBrightest = 0.1f, MostBrightest = 0.5f, LeastPlateau = 0.6f, MostAbsorbing = 0.35f, MostAbsorbed = 0.15f;
    private const double LeastShare = 0.002, UsedShare = 0.02, LeastAgreement = 0.6;
    private const int LeastPixels = 50;

    /// <summary>The leaves, or null where the scene has too few of them.</summary>
    public static Leaves? Find(SceneSpectra scene)
    {
        int bands = scene.Names.Count;
        var found = new List<(float Contrast, int Pixel)>();
        Span<float> spectrum = stackalloc float[bands];
        for (int i = 0; i < scene.Count; i++)
        {
            for (int b = 0; b < bands; b++) spectrum[b] = scene[b][i];
            spectrum.Sort();
            float brightest = spectrum[^1];
            if (brightest is > LeastBrightest and < MostBrightest && spectrum[^4] >= LeastPlateau * brightest
                && spectrum[^7] <= Math.Min(MostAbsorbed, MostAbsorbing * brightest))
                found.Add((spectrum[^7] / brightest, i));
        }
        if (found.Count < Math.Max(LeastPixels, LeastShare * scene.Count)) return null;
        int used = Math.Max(LeastPixels, (int)(UsedShare * scene.Count));
        SceneSpectra leaves = scene.Take([.. found.Order().Take(used).Select(f => f.Pixel)]);
        IGrouping<int, int> most = Enumerable.Range(0, leaves.Count)
            .Select(i => BrightestOf(leaves, i)).GroupBy(set => set).MaxBy(g => g.Count())!;
        // Random numbers pass for leaves now and then, but never agree on which bands are bright.
        return most.Count() < LeastAgreement * leaves.Count ? null
            : new(Enumerable.Range(0, bands).Where(b => (most.Key >> b & 1) == 1).Select(b => scene.Names[b]).ToHashSet(), leaves.Means());
    }

    private static int BrightestOf(SceneSpectra leaves, int pixel)
    {
        int set = 0;
        foreach (int band in Enumerable.Range(0, leaves.Names.Count).OrderByDescending(b => leaves[b][pixel]).Take(4)) set |= 1 << band;
        return set;
    }
}
