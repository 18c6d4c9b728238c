using Asm.Maps.Classes;

namespace Asm.Inference.Clouds;

/// <summary>Counts pixels by what the cloud rules say of them and what the model calls them. A few kilobytes, whatever the scene.</summary>
internal sealed class CloudTally(int classes)
{
    private readonly long[] _counts = new long[(byte.MaxValue + 1) * (classes + 1)];
    private readonly Lock _lock = new();

    /// <summary>Adds one row. Safe for concurrent calls.</summary>
    /// <param name="keys">See <see cref="CloudKey"/>.</param>
    /// <param name="codes">Codes of the classes, before any pixel is removed.</param>
    public void Add(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> codes)
    {
        var row = new int[_counts.Length];
        for (int x = 0; x < keys.Length; x++) row[keys[x] * (classes + 1) + codes[x]]++;
        lock (_lock)
            for (int i = 0; i < row.Length; i++) _counts[i] += row[i];
    }

    /// <summary>The report.</summary>
    /// <param name="reflectance">The threshold that was counted with.</param>
    /// <param name="sceneClasses">The classes of the classification that are looked at together; null where none is given.</param>
    /// <param name="mapClasses">The model's classes.</param>
    public CloudReport Report(double reflectance, IReadOnlyList<int>? sceneClasses, IReadOnlyList<MapClass> mapClasses)
    {
        var rows = new List<CloudReportRow>();
        bool InList(int key) => sceneClasses!.Contains(CloudKey.ClassOf(key));
        static bool IsBright(int key) => (key & CloudKey.Bright) != 0;
        void Add(string rule, Func<int, bool> falls) => rows.Add(Row(rule, falls));

        Add("all pixels with data", _ => true);
        Add(string.Create(null, $"three bands above {reflectance:0.####}"), IsBright);
        if (sceneClasses is not null)
        {
            for (int c = 0; c < SceneClassification.ClassNames.Count; c++)
            {
                CloudReportRow row = Row($"SCL {c} {SceneClassification.ClassNames[c]}", key => CloudKey.ClassOf(key) == c);
                if (row.Pixels > 0 || sceneClasses.Contains(c)) rows.Add(row);
            }
            string list = $"SCL {string.Join(", ", sceneClasses)}";
            Add(list, InList);
            Add($"three bands and {list}", key => IsBright(key) && InList(key));
            Add($"three bands or {list}", key => IsBright(key) || InList(key));
        }
        Add("removed in this run", key => (key & CloudKey.Removed) != 0);
        return new(reflectance, mapClasses, rows);
    }

    private CloudReportRow Row(string rule, Func<int, bool> falls)
    {
        var perClass = new long[classes];
        for (int key = 0; key < CloudKey.NoData; key++)
            if (falls(key))
                for (int c = 0; c < classes; c++) perClass[c] += _counts[key * (classes + 1) + c + 1];
        return new(rule, perClass.Sum(), perClass);
    }
}
