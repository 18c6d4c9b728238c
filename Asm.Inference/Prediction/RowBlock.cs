namespace Asm.Inference.Prediction;

/// <summary>
/// Full-width rows of the stack as they are stored, and which pixels carry data. Used again for other rows: 100 MB of a granule must not
/// wait for the garbage collector.
/// </summary>
/// <typeparam name="T">ushort for 8 and 16-bit stacks, else float.</typeparam>
internal sealed class RowBlock<T>(int rows, int width, int bands, bool hasKeys) where T : unmanaged
{
    private readonly T[] _samples = GC.AllocateUninitializedArray<T>(checked(bands * rows * width));
    private readonly byte[] _valid = GC.AllocateUninitializedArray<byte>(rows * width);
    private readonly byte[] _kept = GC.AllocateUninitializedArray<byte>(rows * width);
    private readonly byte[] _keys = GC.AllocateUninitializedArray<byte>(hasKeys ? rows * width : 0);

    /// <summary>The first row.</summary>
    public int Row { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Pixels that are no data only because they are 0 in every band.</summary>
    public long Zeros { get; set; }

    /// <summary>Pixels that are no data only because their reflectance cannot be.</summary>
    public long Impossible { get; set; }

    /// <summary>Bands x height x width samples.</summary>
    public Span<T> Samples => _samples.AsSpan(0, bands * Height * width);

    /// <summary>1 where every band has data.</summary>
    public Span<byte> Valid => _valid.AsSpan(0, Height * width);

    /// <summary>1 where the pixel is valid and no cloud rule removes it: where the outputs have data.</summary>
    public Span<byte> Kept => _kept.AsSpan(0, Height * width);

    /// <summary>What the cloud rules say: see <see cref="Asm.Inference.Clouds.CloudKey"/>. Empty where nothing is counted.</summary>
    public Span<byte> Keys => _keys.AsSpan(0, Math.Min(_keys.Length, Height * width));

    /// <summary>Makes room for other rows.</summary>
    public void Reset(int row, int height) => (Row, Height) = (row, height);

    /// <summary>One row of one band.</summary>
    public ReadOnlySpan<T> SampleRow(int band, int y) => Samples.Slice((band * Height + (y - Row)) * width, width);

    /// <summary>One row of <see cref="Valid"/>.</summary>
    public ReadOnlySpan<byte> ValidRow(int y) => Valid.Slice((y - Row) * width, width);

    /// <summary>One row of <see cref="Kept"/>.</summary>
    public ReadOnlySpan<byte> KeptRow(int y) => Kept.Slice((y - Row) * width, width);

    /// <summary>One row of <see cref="Keys"/>.</summary>
    public ReadOnlySpan<byte> KeyRow(int y) => Keys.Slice((y - Row) * width, width);
}
