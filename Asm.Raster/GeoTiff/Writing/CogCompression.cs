namespace Asm.Raster.GeoTiff.Writing;

/// <summary>How DEFLATE looks for repetition. Every reader of DEFLATE reads both.</summary>
/// <remarks>
/// Measured on 512 x 512 tiles of Sentinel-2 (Thailand), MB/s a thread and size relative to the samples. Ten-band stack: fast 105 and
/// 0.71, small 39 and 0.69; uint8 probabilities: 84 and 0.52, 26 and 0.49; float32 probabilities: 158 and 0.65, 51 and 0.62; class maps:
/// 487 and 0.068, 58 and 0.062.
/// </remarks>
public enum CogCompression
{
    /// <summary>Runs of equal bytes only: what the predictor leaves of measured values has few other repetitions.</summary>
    Fast,

    /// <summary>Any repetition, with zlib's usual effort (level 6).</summary>
    Small,
}
