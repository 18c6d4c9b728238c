using System.Runtime.InteropServices;

namespace Asm.Inference.Model;

/// <summary>What is known of a tensor of a graph before it runs.</summary>
/// <param name="Type">ONNX's number of its element type.</param>
/// <param name="Dims">Its size along each axis.</param>
/// <param name="Values">Its values, where they are few and follow from sizes and constants; else null.</param>
/// <param name="Depends">True where it depends on the graph's input.</param>
internal sealed record GraphTensor(int Type, long[] Dims, double[]? Values, bool Depends)
{
    public const int Float = 1, UInt8 = 2, Int8 = 3, Int32 = 6, Int64 = 7, Bool = 9, Double = 11, UInt32 = 12, UInt64 = 13;

    /// <summary>Shapes and the like have fewer values; what has more is data, whose values no size depends on.</summary>
    public const int MostValues = 256;

    /// <summary>Number of values; a double, for a hostile graph may state sizes whose product no integer holds.</summary>
    public double Count => CountOf(Dims);

    /// <summary>Bytes in memory. Small types count as float32: ONNX Runtime may compute with it.</summary>
    public double Bytes => Count * Math.Max(4, WidthOf(Type));

    /// <summary>True for integers, whose division truncates.</summary>
    public bool IsWhole => Type is not (Float or Double or 10 or 16);

    /// <summary>Product of sizes.</summary>
    public static double CountOf(IEnumerable<long> dims) => dims.Aggregate(1.0, (product, size) => product * size);

    /// <summary>Bytes of an element as a file stores it; 0 for types that no network of numbers has.</summary>
    public static int WidthOf(int type) => type switch
    {
        UInt8 or Int8 or Bool => 1,
        4 or 5 or 10 or 16 => 2,
        Float or Int32 or UInt32 => 4,
        Int64 or Double or UInt64 => 8,
        _ => 0,
    };

    /// <summary>What is known of a constant of the file, whose data were checked.</summary>
    public static GraphTensor Of(TensorProto tensor)
    {
        long[] dims = [.. tensor.Dims];
        return new(tensor.DataType, dims, CountOf(dims) <= MostValues ? ValuesOf(tensor) : null, Depends: false);
    }

    private static double[]? ValuesOf(TensorProto tensor)
    {
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        return (tensor.DataType, raw.IsEmpty) switch
        {
            (Float, false) => [.. MemoryMarshal.Cast<byte, float>(raw).ToArray().Select(v => (double)v)],
            (Float, true) => [.. tensor.FloatData.Select(v => (double)v)],
            (Double, false) => MemoryMarshal.Cast<byte, double>(raw).ToArray(),
            (Double, true) => [.. tensor.DoubleData],
            (Int64, false) => [.. MemoryMarshal.Cast<byte, long>(raw).ToArray().Select(v => (double)v)],
            (Int64, true) => [.. tensor.Int64Data.Select(v => (double)v)],
            (Int32, false) => [.. MemoryMarshal.Cast<byte, int>(raw).ToArray().Select(v => (double)v)],
            (UInt8 or Bool, false) => [.. raw.ToArray().Select(v => (double)v)],
            (Int32 or UInt8 or Int8 or Bool, true) => [.. tensor.Int32Data.Select(v => (double)v)],
            _ => null,
        };
    }
}
