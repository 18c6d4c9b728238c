using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>Encodes tiles one after the other: predictor, then zlib. One for each thread, because it keeps its buffers.</summary>
internal sealed class TileEncoder(ushort predictor, CogCompression compression) : IDisposable
{
    private readonly ZLibCompressionOptions _options = new()
    {
        CompressionLevel = 6,
        CompressionStrategy = compression == CogCompression.Fast
            ? ZLibCompressionStrategy.RunLengthEncoding
            : ZLibCompressionStrategy.Default,
    };
    private readonly MemoryStream _compressed = new();
    private byte[] _predicted = [];
    private byte[] _row = [];

    /// <summary>Encodes a tile of rows of <paramref name="width"/> samples. The result is good until the next call.</summary>
    public ReadOnlySpan<byte> Encode<T>(ReadOnlySpan<T> tile, int width) where T : unmanaged, INumber<T>
    {
        int bytes = tile.Length * Marshal.SizeOf<T>();
        if (_predicted.Length < bytes) (_predicted, _row) = (new byte[bytes], new byte[width * Marshal.SizeOf<T>()]);
        PredictorEncoder.Apply(predictor, tile, width, _predicted.AsSpan(0, bytes), _row);
        _compressed.SetLength(0);
        using (var zlib = new ZLibStream(_compressed, _options, leaveOpen: true)) zlib.Write(_predicted, 0, bytes);
        return _compressed.GetBuffer().AsSpan(0, (int)_compressed.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _compressed.Dispose();
}
