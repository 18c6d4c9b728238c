namespace Asm.Raster.GeoTiff;

/// <summary>Tags that are written: TIFF 6.0, OGC 19-008r4 (GeoTIFF), and GDAL's two own.</summary>
internal enum TiffTag : ushort
{
    NewSubfileType = 254,
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Compression = 259,
    PhotometricInterpretation = 262,
    SamplesPerPixel = 277,
    PlanarConfiguration = 284,
    Software = 305,
    Predictor = 317,
    ColorMap = 320,
    TileWidth = 322,
    TileLength = 323,
    TileOffsets = 324,
    TileByteCounts = 325,
    ExtraSamples = 338,
    SampleFormat = 339,
    ModelPixelScale = 33550,
    ModelTiepoint = 33922,
    GeoKeyDirectory = 34735,
    GeoDoubleParams = 34736,
    GeoAsciiParams = 34737,
    GdalMetadata = 42112,
    GdalNoData = 42113,
}
