namespace Asm.Raster.GeoTiff.Keys;

/// <summary>The GeoKeys of a file by number, checked against the arrays that they point into.</summary>
internal sealed class GeoKeySet
{
    private const int DirectoryTag = 34735, DoublesTag = 34736, AsciiTag = 34737;

    private readonly Dictionary<int, (int Tag, int Count, int Value)> _entries = [];
    private readonly ushort[] _directory;
    private readonly double[] _doubles;
    private readonly string _ascii, _path;

    /// <summary>Takes the contents of the three tags.</summary>
    /// <exception cref="RasterFormatException">The directory is damaged.</exception>
    public GeoKeySet(ushort[] directory, double[] doubles, string ascii, string path)
    {
        (_directory, _doubles, _ascii, _path) = (directory, doubles, ascii, path);
        if (directory.Length < 4) throw Damaged($"has {directory.Length} values", "a header of 4");
        if (directory[0] != 1) throw Damaged($"is of version {directory[0]}", "version 1");
        int count = directory[3];
        if (directory.Length < 4 + 4 * count)
            throw Damaged($"declares {count} keys but has room for {(directory.Length - 4) / 4}", "4 values a key");
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<ushort> entry = directory.AsSpan(4 + 4 * i, 4);
            (int key, int tag, int length, int value) = (entry[0], entry[1], entry[2], entry[3]);

            // Some writers count the NUL that ends the text, and readers of the tag have dropped it.
            int available = tag switch
            {
                0 => int.MaxValue,
                DirectoryTag => directory.Length,
                DoublesTag => doubles.Length,
                AsciiTag => ascii.Length + 1,
                _ => -1
            };
            if (available < 0) throw Damaged($"says that key {key} lies in tag {tag}", $"0, {DirectoryTag}, {DoublesTag} or {AsciiTag}");
            if (tag != 0 && value + length > available)
                throw Damaged($"says that key {key} has {length} values from {value} of {available} in tag {tag}", "values that are there");
            _entries[key] = (tag, length, value);
        }
    }

    /// <summary>A key's code, or null where the key is missing.</summary>
    public int? Code(int key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return null;
        return entry switch
        {
            (0, _, var value) => value,
            (DirectoryTag, >= 1, var at) => _directory[at],
            _ => throw Damaged($"says that key {key} lies in tag {entry.Tag}", "a short number"),
        };
    }

    /// <summary>A key's numbers; empty where the key is missing.</summary>
    public ReadOnlySpan<double> Doubles(int key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return [];
        return entry.Tag == DoublesTag
            ? _doubles.AsSpan(entry.Value, entry.Count)
            : throw Damaged($"says that key {key} lies in tag {entry.Tag}", "a double");
    }

    /// <summary>A key's number, or null where the key is missing.</summary>
    public double? Double(int key)
    {
        ReadOnlySpan<double> values = Doubles(key);
        if (values.IsEmpty) return null;
        return double.IsFinite(values[0]) ? values[0] : throw Damaged($"says that key {key} is {values[0]}", "a finite number");
    }

    /// <summary>A key's text without the bar that ends it, or null where the key is missing.</summary>
    public string? Text(int key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return null;
        if (entry.Tag != AsciiTag) throw Damaged($"says that key {key} lies in tag {entry.Tag}", "a text");
        int start = Math.Min(entry.Value, _ascii.Length), end = Math.Min(entry.Value + entry.Count, _ascii.Length);
        return _ascii[start..end].TrimEnd('\0', '|', ' ');
    }

    private RasterFormatException Damaged(string found, string expected) =>
        new(_path, $"its GeoKey directory {found}", expected,
            "the file is damaged: fetch it again, or assign the CRS anew: gdal_translate -a_srs EPSG:326zz IN OUT");
}
