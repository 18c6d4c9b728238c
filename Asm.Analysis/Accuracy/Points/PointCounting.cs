using Asm.Analysis.Accuracy.Estimation;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>Checks placed points, counts them and estimates.</summary>
internal sealed class PointCounting
{
    private const int Codes = 256;

    private readonly ClassMap _map;
    private readonly ClassMap? _strata;
    private readonly PlacedPoints _placed;
    private readonly ClassLegend _legend, _strataLegend;
    private readonly bool _isSimple;
    private readonly long[] _mapPixels = new long[Codes], _strataPixels = new long[Codes];

    public PointCounting(ClassMap map, ClassMap? strata, PlacedPoints placed)
    {
        (_map, _strata, _placed) = (map, strata, placed);
        (long[] mapPixels, long[] strataPixels) = placed.PixelCounts;
        _legend = new ClassLegend(map, mapPixels);
        _strataLegend = strata is null ? _legend : new ClassLegend(strata, strataPixels);
        _isSimple = strata is null && _legend.Find(PointsFile.AllStrata) is null
            && placed.Table.Points.All(p => string.Equals(p.Stratum, PointsFile.AllStrata, StringComparison.OrdinalIgnoreCase));

        // The population: pixels with data in the map and in that of the strata.
        for (int stratum = 1; stratum < Codes; stratum++)
            for (int code = 1; code < Codes; code++)
            {
                _mapPixels[code] += placed.Pairs[Codes * stratum + code];
                _strataPixels[stratum] += placed.Pairs[Codes * stratum + code];
            }
    }

    public PointAssessment Assess()
    {
        var labelled = new List<(int Stratum, int Map, int Reference)>();
        int unlabelled = 0, cannotTell = 0, onNoData = 0;
        for (int i = 0; i < _placed.Pixels.Length; i++)
        {
            SamplePoint point = _placed.Table.Points[i];
            (byte map, byte stratum) = (_placed.MapCodes[i], Stratum(i));
            byte? reference = _legend.Find(point.Reference);
            if (map == 0) onNoData++;
            else if (point.Reference.Length == 0) unlabelled++;
            else if (reference is { } code) labelled.Add((stratum, map, code));
            else if (PointsFile.CannotTell.Contains(point.Reference.Trim(), StringComparer.OrdinalIgnoreCase)) cannotTell++;
            else
                throw Wrong(point, $"the reference '{point.Reference}' is no class of {_map.Source.Name}",
                    $"{_legend.Words}, nothing (not yet labelled), or {string.Join(" or ", PointsFile.CannotTell.Select(w => $"'{w}'"))}",
                    "correct the row");
        }

        int[] codes = [.. _legend.Classes.Select(c => c.Code)
            .Where(code => !_map.IsChange || _mapPixels[code] > 0 || labelled.Any(l => l.Reference == code))];
        byte[] strata = _isSimple ? [0] : [.. Enumerable.Range(1, Codes - 1).Where(s => _strataPixels[s] > 0).Select(s => (byte)s)];
        if (codes.Length == 0 || _mapPixels.All(n => n == 0))
            throw new AsmException(_map.Source.Name, "has no pixel with data", "a map with classes", "check the file");
        var sample = new StratifiedSample(strata.Length, codes.Length);
        var matrix = new ConfusionMatrix(codes.Length);
        for (int s = 0; s < strata.Length; s++)
            for (int m = 0; m < codes.Length; m++)
                sample.AddPixels(s, m, _isSimple ? _mapPixels[codes[m]] : _placed.Pairs[Codes * strata[s] + codes[m]]);
        foreach ((int stratum, int map, int reference) in labelled)
        {
            (int m, int r) = (Array.IndexOf(codes, map), Array.IndexOf(codes, reference));
            sample.AddPoints(Array.IndexOf(strata, (byte)stratum), m, r);
            matrix.Add(m + 1, r + 1, 1);
        }

        return Estimated(codes, strata, sample, matrix) with { Unlabelled = unlabelled, CannotTell = cannotTell, OnNoData = onNoData };
    }

    private PointAssessment Estimated(int[] codes, byte[] strata, StratifiedSample sample, ConfusionMatrix matrix)
    {
        var accuracy = new SampleAccuracy(sample);
        GeoGrid grid = _map.Source.Info.Grid;
        double? hectares = grid.Crs?.MetresPerUnit is { } metres ? grid.PixelWidth * grid.PixelHeight * metres * metres / 1e4 : null;
        double? all = hectares * sample.TotalPixels;
        AssessedClass[] classes =
        [
            .. codes.Select((code, i) => new AssessedClass
            {
                Class = _legend.Classes.First(c => c.Code == code),
                MappedPixels = _mapPixels[code],
                MappedHectares = hectares * _mapPixels[code],
                MapPoints = matrix.InMap(i + 1),
                ReferencePoints = matrix.InReference(i + 1),
                Users = accuracy.Users[i],
                Producers = accuracy.Producers[i],
                AreaShare = accuracy.AreaShares[i],
                AreaHectares = all is { } area ? accuracy.AreaShares[i]?.Times(area) : null,
            }),
        ];
        AssessedStratum[] named = [.. strata.Select((code, s) =>
            new AssessedStratum(_isSimple ? PointsFile.AllStrata : _strataLegend.NameOf(code), sample.Pixels(s), sample.Points(s),
                sample.Cells(s).Where(c => c.Key.Map == c.Key.Reference).Sum(c => c.Value)))];
        return new PointAssessment
        {
            MapName = _map.Source.Name,
            PointsName = _placed.Table.Name,
            IsChange = _map.IsChange,
            HectaresPerPixel = hectares,
            Strata = named,
            HasOtherStrata = _isSimple || _strata is not null,
            Classes = classes,
            Overall = accuracy.Overall,
            Counts = matrix,
            AreaShares = [.. codes.Select((_, m) => codes.Select((_, r) => accuracy.AreaShare(m, r)).ToArray())],
            NetChanges = _map.IsChange && all is { } total ? NetChanges(codes, accuracy, hectares!.Value, total) : [],
            Unlabelled = 0,
            CannotTell = 0,
            OnNoData = 0,
            Notes = [.. AssessmentNotes.Of(named, classes, hectares, _placed)],
        };
    }

    private NetChange[] NetChanges(int[] codes, SampleAccuracy accuracy, double pixel, double total)
    {
        static int Net(int code, int of)
        {
            (int before, int after) = ChangeCode.Split(code);
            return (after == of ? 1 : 0) - (before == of ? 1 : 0);
        }
        return [.. _map.Classes.Select(c => new NetChange(c.Name, pixel * codes.Sum(code => Net(code, c.Code) * _mapPixels[code]),
            accuracy.Mean((_, reference) => Net(codes[reference], c.Code))?.Times(total)))];
    }

    /// <summary>The stratum's code at a point, which must be the one that its row states.</summary>
    private byte Stratum(int i)
    {
        SamplePoint point = _placed.Table.Points[i];
        string name = (_strata ?? _map).Source.Name;
        byte found = _placed.StratumCodes[i];
        if (found == 0)
            throw Wrong(point, $"{name} has no data at ({point.Position.X:0.##}, {point.Position.Y:0.##})",
                "points on pixels with data", "correct or remove the row, or give the CRS of the coordinates with `crs`");
        if (_isSimple) return 0;
        if (_strataLegend.Find(point.Stratum) is not { } stated)
            throw Wrong(point, $"the class '{point.Stratum}' is no class of {name}", _strataLegend.Words,
                "correct the row; the class is the stratum from which the point was drawn");
        return stated == found
            ? found
            : throw Wrong(point, $"the class is {_strataLegend.NameOf(stated)}, but {name} has {_strataLegend.NameOf(found)} there",
                "the class of the map from which the points were drawn",
                "give that map with `map`, or with `strata` where it is another one than is assessed");
    }

    private AsmException Wrong(SamplePoint point, string found, string expected, string fix) =>
        new(_placed.Table.Name, $"row {point.Row} (id {point.Id}): {found}", expected, fix);
}
