using Asm.Inference.Maps;
using Asm.Raster;

namespace Asm.Inference.Changes;

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
    private readonly byte[] _codes = new byte[256 * 16];
    private readonly long[][] _changes;
    private readonly long[][] _areas;
    private readonly long[] _persistences = new long[Persistence.Classes.Count + 1];
    private readonly Lock _lock = new();

    public ChangePass(IReadOnlyList<ClassMap> seasons, int classes, IReadOnlyList<SeasonPair> pairs, ChangeSinks sinks, byte followed, int confirming)
    {
        (_seasons, _classes, _pairs, _followed, _confirming) = (seasons, classes, pairs, followed, confirming);
        _inputs = [.. seasons.Select(s => new WindowInput<byte>(MaskedCodes.Of(s.Source), readValidity: false))];
        _outputs = [.. sinks.Changes.Select(s => new WindowOutput<byte>(s))];
        _persistence = sinks.Persistence is { } sink ? new(sink) : null;
        _changes = [.. pairs.Select(_ => new long[256])];
        _areas = [.. seasons.Select(_ => new long[classes + 1])];
        for (int before = 0; before <= classes; before++)
            for (int after = 0; after <= classes; after++) _codes[16 * before + after] = ChangeCode.Of(before, after);
    }

    /// <summary>Runs over all pixels and completes the sinks.</summary>
    public void Run(RunOptions run) => WindowRunner.Run("change", _inputs, _persistence is null ? _outputs : [.. _outputs, _persistence], Compute, run);

    /// <summary>The tables of what was counted.</summary>
    public ChangeSummary Summarise(IReadOnlyList<MapClass> classes, double hectares, TimeSpan time)
    {
        ChangeRow Row(int pair, string from, string to, int code) => new(from, to, code, _changes[pair][code], _changes[pair][code] * hectares);
        AreaRow Area(int season, string name, int code) => new(season + 1, Path.GetFileName(_seasons[season].Source.Name), name, code, _areas[season][code], _areas[season][code] * hectares);
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
            Areas = [.. _seasons.SelectMany((_, s) => classes.Select(c => Area(s, c.Name, c.Code)).Append(Area(s, MapProducts.NoDataName, 0)))],
            PersistencePixels = _persistence is null ? [] : _persistences,
            HectaresPerPixel = hectares,
            TotalTime = time,
        };
    }

    private void Compute(in WindowFrame frame)
    {
        var areas = new long[_seasons.Count][];
        for (int s = 0; s < _inputs.Length; s++) areas[s] = CountClasses(frame, s);
        var changes = new long[_pairs.Count][];
        for (int p = 0; p < _pairs.Count; p++)
            changes[p] = Pair(frame.Samples(_inputs[_pairs[p].Before]), frame.Samples(_inputs[_pairs[p].After]), frame.Samples(_outputs[p]));
        long[] persistences = _persistence is null ? [] : Follow(frame);
        lock (_lock)
        {
            for (int s = 0; s < areas.Length; s++) Add(areas[s], _areas[s]);
            for (int p = 0; p < changes.Length; p++) Add(changes[p], _changes[p]);
            Add(persistences, _persistences);
        }
    }

    /// <summary>Pixels of each class of a season; refuses codes that no class has.</summary>
    private long[] CountClasses(in WindowFrame frame, int season)
    {
        ReadOnlySpan<byte> codes = frame.Samples(_inputs[season]);
        int bad = codes.IndexOfAnyExceptInRange((byte)0, (byte)_classes);
        if (bad >= 0)
        {
            ClassMap map = _seasons[season];
            (int row, int column) = Math.DivRem(bad, frame.Window.Width);
            throw new AsmException(map.Source.Name, $"the pixel in column {column}, row {frame.Window.Row + row} has code {codes[bad]}, which is no class",
                $"0 no data, {MapClasses.List(map.Classes)}", "recode the map, or name its classes in the .aux.xml beside it (CategoryNames)");
        }
        var counts = new long[_classes + 1];
        foreach (byte code in codes) counts[code]++;
        return counts;
    }

    private long[] Pair(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Span<byte> to)
    {
        var counts = new long[256];
        for (int i = 0; i < to.Length; i++)
        {
            byte code = _codes[16 * before[i] + after[i]];
            to[i] = code;
            counts[code]++;
        }
        return counts;
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

    private static void Add(ReadOnlySpan<long> counts, Span<long> to)
    {
        for (int i = 0; i < counts.Length; i++) to[i] += counts[i];
    }
}
