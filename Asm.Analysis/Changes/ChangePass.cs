using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Analysis.Changes;

/// <summary>One pass over the maps of all seasons, and what it counts.</summary>
internal sealed class ChangePass
{
    private readonly IReadOnlyList<ClassMap> _seasons;
    private readonly int _classes;
    private readonly IReadOnlyList<SeasonPair> _pairs;
    private readonly byte _followed;
    private readonly int _confirming;
    private readonly WindowInput<byte>[] _inputs;
    private readonly WindowOutput<byte>[] _outputs;
    private readonly WindowOutput<byte>? _persistence;
    private readonly byte[] _codes = new byte[256];
    private readonly long[][] _counts;
    private readonly long[] _persistences = new long[Persistence.Classes.Count + 1];
    private readonly Lock _lock = new();

    public ChangePass(IReadOnlyList<ClassMap> seasons, int classes,
        IReadOnlyList<SeasonPair> pairs, ChangeSinks sinks, byte followed, int confirming)
    {
        (_seasons, _classes, _pairs, _followed, _confirming) = (seasons, classes, pairs, followed, confirming);
        _inputs = [.. seasons.Select(s => new WindowInput<byte>(MaskedCodes.Of(s.Source), readValidity: false))];
        _outputs = [.. sinks.Changes.Select(s => new WindowOutput<byte>(s))];
        _persistence = sinks.Persistence is { } sink ? new(sink) : null;
        _counts = [.. pairs.Select(_ => new long[256])];
        for (int before = 0; before <= classes; before++)
            for (int after = 0; after <= classes; after++) _codes[16 * before + after] = ChangeCode.Of(before, after);
    }

    /// <summary>Runs over all pixels and completes the sinks.</summary>
    public void Run(RunOptions run)
    {
        WindowOutput[] outputs = _persistence is null ? _outputs : [.. _outputs, _persistence];
        long own = _inputs.Sum(i => i.Source.BufferBytes) + outputs.Sum(o => o.Sink.BufferBytes);
        WindowRunner.Run("change", _inputs, outputs, Compute,
            StripMemory.Of(run, own, (long)_seasons[0].Source.Info.Grid.Width * (_inputs.Length + outputs.Length)));
    }

    /// <summary>The tables of what was counted.</summary>
    public ChangeSummary Summarise(IReadOnlyList<MapClass> classes, double hectares, TimeSpan time)
    {
        ChangeRow Row(int pair, string from, string to, int code)
        {
            long pixels = _counts[pair].Where((_, k) => _codes[k] == code).Sum();
            return new(from, to, code, pixels, pixels * hectares);
        }
        AreaRow Area(int season, string name, int code)
        {
            // Season s is the first of pair s, or the second of the pair before.
            long pixels = season + 1 < _seasons.Count
                ? _counts[season].Where((_, k) => k / 16 == code).Sum()
                : _counts[season - 1].Where((_, k) => k % 16 == code).Sum();
            return new(season + 1, Path.GetFileName(_seasons[season].Source.Name), name, code, pixels, pixels * hectares);
        }
        return new()
        {
            Classes = classes,
            Grid = _seasons[0].Source.Info.Grid,
            Pairs = _pairs,
            Tables =
            [
                .. _pairs.Select((_, i) => (IReadOnlyList<ChangeRow>)
                [
                    .. classes.SelectMany(from => classes.Select(to => Row(i, from.Name, to.Name, ChangeCode.Of(from.Code, to.Code)))),
                    Row(i, MapProducts.NoDataName, MapProducts.NoDataName, 0),
                ]),
            ],
            Areas = [.. _seasons.SelectMany((_, s) =>
                classes.Select(c => Area(s, c.Name, c.Code)).Append(Area(s, MapProducts.NoDataName, 0)))],
            PersistencePixels = _persistence is null ? [] : _persistences,
            HectaresPerPixel = hectares,
            TotalTime = time,
        };
    }

    private void Compute(in WindowFrame frame)
    {
        for (int s = 0; s < _inputs.Length; s++) RequireClasses(frame, s);
        var counts = new long[_pairs.Count][];
        for (int p = 0; p < _pairs.Count; p++)
            CodeRuns.Pair(frame.Samples(_inputs[_pairs[p].Before]), frame.Samples(_inputs[_pairs[p].After]),
                _codes, frame.Samples(_outputs[p]), counts[p] = new long[256]);
        long[] persistences = _persistence is null ? [] : Follow(frame);
        lock (_lock)
        {
            for (int p = 0; p < counts.Length; p++)
                for (int pair = 0; pair < 256; pair++) _counts[p][pair] += counts[p][pair];
            for (int i = 0; i < persistences.Length; i++) _persistences[i] += persistences[i];
        }
    }

    /// <summary>Refuses codes that no class has.</summary>
    private void RequireClasses(in WindowFrame frame, int season)
    {
        ReadOnlySpan<byte> codes = frame.Samples(_inputs[season]);
        int bad = codes.IndexOfAnyExceptInRange((byte)0, (byte)_classes);
        if (bad < 0) return;
        ClassMap map = _seasons[season];
        (int row, int column) = Math.DivRem(bad, frame.Window.Width);
        throw new AsmException(map.Source.Name,
            $"the pixel in column {column}, row {frame.Window.Row + row} has code {codes[bad]}, which is no class",
            $"0 no data, {MapClasses.List(map.Classes)}", "recode the map, or name its classes in the .aux.xml beside it (CategoryNames)");
    }

    private long[] Follow(in WindowFrame frame)
    {
        Span<byte> to = frame.Samples(_persistence!), pixel = stackalloc byte[_inputs.Length];
        var counts = new long[_persistences.Length];
        for (int i = 0; i < to.Length; i++)
        {
            for (int s = 0; s < _inputs.Length; s++) pixel[s] = frame.Samples(_inputs[s])[i];
            to[i] = Persistence.Of(pixel, _followed, _confirming);
            counts[to[i]]++;
        }
        return counts;
    }
}
