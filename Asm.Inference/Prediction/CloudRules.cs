using System.Numerics;
using Asm.Inference.Clouds;
using Asm.Inference.Model;
using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Inference.Prediction;

/// <summary>
/// Marks in rows of a stack what the cloud rules say: the paper's rule of three visible bands, and classes of a scene classification.
/// </summary>
/// <typeparam name="T">ushort for 8 and 16-bit stacks, else float.</typeparam>
internal sealed class CloudRules<T> where T : unmanaged, INumber<T>
{
    private static readonly string[] VisibleBands = ["B02", "B03", "B04"];

    private readonly int[] _visible;
    private readonly (float Scale, float Offset)[] _toReflectance;
    private readonly float[]? _removedAbove, _countedAbove;
    private readonly NearestClasses? _classes;
    private readonly bool[] _isRemoved = new bool[CloudKey.NoClass + 1];
    private readonly int _width;

    public CloudRules(GeoGrid grid, ModelBands bands, ModelDescription model, PredictionOptions options)
    {
        (_toReflectance, _width) = (bands.ToReflectance, grid.Width);
        _visible = [.. VisibleBands.Select(name =>
            model.Bands.ToList().FindIndex(b => string.Equals(b, name, StringComparison.OrdinalIgnoreCase)))];
        bool hasVisible = !_visible.Contains(-1);
        if (options.CountCloudsAbove is not null && !hasVisible)
            throw new SettingException("cloud-report", $"{model.Name} takes the bands {string.Join(' ', model.Bands)}",
                $"a model that takes {string.Join(", ", VisibleBands)}, which the cloud rule looks at", "leave `cloud-report` out");
        if (hasVisible) (_removedAbove, _countedAbove) = (Limits(options.CloudReflectance), Limits(options.CountCloudsAbove));
        if (options.SceneClassification is not { } classification) return;
        _classes = new NearestClasses(classification, grid);
        foreach (int removed in options.SceneClasses)
        {
            if (removed < 0 || removed >= SceneClassification.ClassNames.Count)
                throw new SettingException("scl-classes", $"names class {removed}",
                    "classes 0 to 11 of a scene classification", "for example `scl-classes` 3,8,9,10");
            _isRemoved[removed] = true;
        }
    }

    /// <summary>True where keys are filled in.</summary>
    public bool Counts => _countedAbove is not null;

    /// <summary>Fills in what is kept of a block whose samples and validity are there, and the keys if they are counted.</summary>
    public void Mark(RowBlock<T> block)
    {
        Span<byte> kept = block.Kept, keys = block.Keys;
        block.Valid.CopyTo(kept);
        byte[] classes = _classes is null ? [] : new byte[kept.Length];
        _classes?.Read(block.Row, block.Height, classes);
        for (int i = 0; i < classes.Length; i++)
            if (_isRemoved[classes[i]]) kept[i] = 0;
        if (_removedAbove is not null) WhereBright(block, _removedAbove, kept, isKept: true);
        if (!Counts) return;
        if (_classes is null) keys.Fill(CloudKey.NoClass);
        else classes.CopyTo(keys);
        WhereBright(block, _countedAbove!, keys, isKept: false);
        ReadOnlySpan<byte> valid = block.Valid;
        for (int i = 0; i < keys.Length; i++)
            keys[i] = valid[i] == 0 ? CloudKey.NoData : kept[i] == 0 ? (byte)(keys[i] | CloudKey.Removed) : keys[i];
    }

    // Clears what is kept, or sets the bit in keys, where all three bands are above the limits.
    private void WhereBright(RowBlock<T> block, float[] limits, Span<byte> flags, bool isKept)
    {
        int count = flags.Length;
        ReadOnlySpan<T> blue = block.Samples.Slice(_visible[0] * count, count),
            green = block.Samples.Slice(_visible[1] * count, count), red = block.Samples.Slice(_visible[2] * count, count);
        for (int i = 0; i < count; i++)
            if (float.CreateTruncating(blue[i]) > limits[0]
                && float.CreateTruncating(green[i]) > limits[1] && float.CreateTruncating(red[i]) > limits[2])
                flags[i] = isKept ? (byte)0 : (byte)(flags[i] | CloudKey.Bright);
    }

    private float[]? Limits(double? reflectance) =>
        reflectance is { } threshold
            ? [.. _visible.Select(b => ((float)threshold - _toReflectance[b].Offset) / _toReflectance[b].Scale)]
            : null;
}
