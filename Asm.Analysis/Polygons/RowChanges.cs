using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Asm.Analysis.Polygons;

/// <summary>Where codes change along rows.</summary>
internal static class RowChanges
{
    /// <summary>Finds the columns at whose left side the code changes in one of two rows.</summary>
    /// <param name="above">A row with a 0 before and one behind it.</param>
    /// <param name="below">The row below, likewise.</param>
    /// <param name="columns">Receives the columns from left to right; as long as the rows.</param>
    /// <returns>How many they are.</returns>
    public static int Find(ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, Span<int> columns)
    {
        int count = 0, last = above.Length - 1, i = 0;
        ref byte a = ref MemoryMarshal.GetReference(above), b = ref MemoryMarshal.GetReference(below);
        for (; i + Vector256<byte>.Count <= last; i += Vector256<byte>.Count)
        {
            Vector256<byte> same = Vector256.Equals(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref a, (nuint)i + 1))
                & Vector256.Equals(Vector256.LoadUnsafe(ref b, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i + 1));
            for (uint changes = ~same.ExtractMostSignificantBits(); changes != 0; changes &= changes - 1)
                columns[count++] = i + BitOperations.TrailingZeroCount(changes);
        }
        for (; i < last; i++)
            if (above[i] != above[i + 1] || below[i] != below[i + 1]) columns[count++] = i;
        return count;
    }
}
