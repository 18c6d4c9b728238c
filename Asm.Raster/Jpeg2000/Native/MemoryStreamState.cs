using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Asm.Raster.Jpeg2000.Native;

/// <summary>A run of bytes in memory that OpenJPEG reads as its stream, with the callbacks for it.</summary>
internal unsafe struct MemoryStreamState
{
    public byte* Data;
    public long Length;
    public long Position;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static nuint Read(byte* buffer, nuint count, MemoryStreamState* stream)
    {
        long left = stream->Length - stream->Position;
        // The library's mark for the end of the stream is (OPJ_SIZE_T)-1.
        if (left <= 0) return nuint.MaxValue;
        nuint taken = (nuint)Math.Min((ulong)left, count);
        Buffer.MemoryCopy(stream->Data + stream->Position, buffer, count, taken);
        stream->Position += (long)taken;
        return taken;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static long Skip(long count, MemoryStreamState* stream)
    {
        if (count < 0 || count > stream->Length - stream->Position) return -1;
        stream->Position += count;
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Seek(long position, MemoryStreamState* stream)
    {
        if (position < 0 || position > stream->Length) return 0;
        stream->Position = position;
        return 1;
    }
}
