namespace Asm.Inference.Prediction;

/// <summary>Full-width rows of the stack as they are stored, and which pixels carry data.</summary>
/// <typeparam name="T">ushort for 8 and 16-bit stacks, else float.</typeparam>
internal sealed class RowBlock<T>(int row, int height, int width, int bands) where T : unmanaged
{
    /// <summary>The first row.</summary>
    public int Row => row;

    /// <summary>Rows.</summary>
    public int Height => height;

    /// <summary>Bands x height x width samples.</summary>
    public T[] Samples { get; } = GC.AllocateUninitializedArray<T>(checked(bands * height * width));

    /// <summary>1 where every band has data.</summary>
    public byte[] Valid { get; } = GC.AllocateUninitializedArray<byte>(height * width);

    /// <summary>1 where the pixel is valid and no cloud: where the outputs have data.</summary>
    public byte[] Kept { get; } = GC.AllocateUninitializedArray<byte>(height * width);

    /// <summary>One row of one band.</summary>
    public ReadOnlySpan<T> SampleRow(int band, int y) => Samples.AsSpan((band * height + (y - row)) * width, width);

    /// <summary>One row of <see cref="Valid"/>.</summary>
    public ReadOnlySpan<byte> ValidRow(int y) => Valid.AsSpan((y - row) * width, width);

    /// <summary>One row of <see cref="Kept"/>.</summary>
    public ReadOnlySpan<byte> KeptRow(int y) => Kept.AsSpan((y - row) * width, width);
}
