using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Size, sample type and blocks of one image of a TIFF, checked: what is in here can be relied on.</summary>
internal sealed class TiffImage
{
    /// <summary>Largest decoded block. A granule's band as one single strip of uint16 has 230 MiB.</summary>
    private const long MaxBlockBytes = 256L << 20;

    /// <summary>Bounds the tables of offsets to 256 MiB.</summary>
    private const long MaxBlocks = 1L << 24;

    /// <summary>Bytes of the pieces that one large raw strip is read in.</summary>
    private const int SplitBytes = 1 << 20;

    private readonly long[] _offsets;
    private readonly long[] _byteCounts;

    public TiffImage(TiffFile file, TiffDirectory directory)
    {
        Width = Size(file, directory.Integer(TiffTag.ImageWidth, 0), "image width");
        Height = Size(file, directory.Integer(TiffTag.ImageLength, 0), "image height");
        long bands = directory.Integer(TiffTag.SamplesPerPixel, 1);
        if (bands is < 1 or > ushort.MaxValue) throw file.Damaged($"it has {bands} bands", "1 to 65535");
        BandCount = (int)bands;
        BitsPerSample = (int)Common(file, directory, TiffTag.BitsPerSample, 1);
        SampleType = ParseSampleType(file, (int)Common(file, directory, TiffTag.SampleFormat, 1), directory);
        Compression = TiffCompressions.Parse(directory.Integer(TiffTag.Compression, 1), file);
        Predictor = ParsePredictor(file, directory);
        IsPlanar = BandCount > 1 && directory.Integer(TiffTag.PlanarConfiguration, 1) == 2;
        if (directory.Integer(TiffTag.FillOrder, 1) != 1)
            throw file.Unsupported("its bits run from right to left (FillOrder 2)", "FillOrder 1", "-co COMPRESS=DEFLATE");

        IsTiled = directory.Has(TiffTag.TileWidth);
        BlockWidth = IsTiled ? Size(file, directory.Integer(TiffTag.TileWidth, 0), "tile width") : Width;
        BlockHeight = IsTiled ? Size(file, directory.Integer(TiffTag.TileLength, 0), "tile height")
            : Size(file, Math.Min(directory.Integer(TiffTag.RowsPerStrip, Height), Height), "strip height");
        long rowBytes = (long)BlockWidth * SamplesPerBlockPixel * SampleType.ByteCount();
        BlocksAcross = (int)(((long)Width + BlockWidth - 1) / BlockWidth);
        (_offsets, _byteCounts) = ReadTables(file, directory, rowBytes);
        RowBytes = (int)rowBytes;
        RequireBlocksInside(file);
    }

    public int Width { get; }

    public int Height { get; }

    public int BandCount { get; }

    public int BitsPerSample { get; }

    /// <summary>The type of decoded samples: bits become uint8.</summary>
    public SampleType SampleType { get; }

    public TiffCompression Compression { get; }

    public int Predictor { get; }

    public bool IsPlanar { get; }

    public bool IsTiled { get; }

    public int BlockWidth { get; }

    public int BlockHeight { get; private set; }

    public int BlocksAcross { get; }

    public int BlocksDown => (int)(((long)Height + BlockHeight - 1) / BlockHeight);

    public int SamplesPerBlockPixel => IsPlanar ? 1 : BandCount;

    /// <summary>Bytes of a decoded row of a block.</summary>
    public int RowBytes { get; }

    /// <summary>Bytes of a row of a block before decoding, which differ from <see cref="RowBytes"/> for bits alone.</summary>
    public int StoredRowBytes => BitsPerSample == 1 ? (BlockWidth + 7) / 8 : RowBytes;

    /// <summary>
    /// The number of the block at a block column and row of a plane; a plane is a band of a planar file, and 0 otherwise.
    /// </summary>
    public int BlockIndex(int plane, int blockRow, int blockColumn) => (plane * BlocksDown + blockRow) * BlocksAcross + blockColumn;

    /// <summary>Rows that a block stores: the last strip is cut at the image's end, tiles never are.</summary>
    public int RowsStored(int blockRow) => IsTiled ? BlockHeight : (int)Math.Min(BlockHeight, Height - (long)blockRow * BlockHeight);

    /// <summary>Where a block's bytes lie; (0, 0) is GDAL's mark of a block that was left out because all of it is nodata.</summary>
    public (long Offset, long ByteCount) Location(int block) => (_offsets[block], _byteCounts[block]);

    /// <summary>Refuses a page whose blocks end beyond the file, without looking at what else it is.</summary>
    /// <exception cref="RasterFormatException">The file was cut, or the page is damaged.</exception>
    public static void RequireBlocksInside(TiffFile file, TiffDirectory page)
    {
        bool isTiled = page.Has(TiffTag.TileWidth);
        long[] offsets = page.Integers(isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, (int)MaxBlocks);
        long[] byteCounts = page.Integers(isTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts, (int)MaxBlocks);
        for (int i = 0; i < Math.Min(offsets.Length, byteCounts.Length); i++) RequireInside(file, i, offsets[i], byteCounts[i]);
    }

    private static void RequireInside(TiffFile file, int block, long offset, long byteCount)
    {
        if (offset >= 0 && byteCount >= 0 && offset <= file.Length && byteCount <= file.Length - offset) return;
        throw file.Damaged($"block {block} lies at byte {offset} and is {byteCount} bytes long, but the file has {file.Length} bytes",
            "all of it inside of the file");
    }

    private void RequireBlocksInside(TiffFile file)
    {
        int blocksDown = BlocksDown;
        for (int i = 0; i < _offsets.Length; i++)
        {
            // Some writers tell more bytes of a raw block than it has, which no reader reads.
            long byteCount = Compression == TiffCompression.None
                ? Math.Min(_byteCounts[i], (long)StoredRowBytes * RowsStored(i / BlocksAcross % blocksDown))
                : _byteCounts[i];
            RequireInside(file, i, _offsets[i], byteCount);
        }
    }

    private (long[] Offsets, long[] ByteCounts) ReadTables(TiffFile file, TiffDirectory directory, long rowBytes)
    {
        bool isOneRawStrip = !IsTiled && Compression == TiffCompression.None && BlockHeight == Height && BitsPerSample != 1;
        if (rowBytes > MaxBlockBytes || (!isOneRawStrip && rowBytes * BlockHeight > MaxBlockBytes))
            throw file.Unsupported($"its blocks of {BlockWidth} x {BlockHeight} pixels take {(double)rowBytes * BlockHeight:0} bytes each",
                $"at most {MaxBlockBytes} bytes a block", "-co COMPRESS=DEFLATE -co TILED=YES");
        int planes = IsPlanar ? BandCount : 1;
        long count = (long)planes * BlocksAcross * BlocksDown;
        if (count > MaxBlocks) throw TooManyBlocks(file, count);
        long[] offsets = directory.Integers(IsTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, (int)count);
        long[] byteCounts = directory.Integers(IsTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts, (int)count);
        if (offsets.Length < count || byteCounts.Length < count)
            throw file.Damaged($"it tells the place of {offsets.Length} and the length of {byteCounts.Length} blocks",
                $"{count} of both for {Width} x {Height} pixels");
        return isOneRawStrip && rowBytes * Height > SplitBytes ? Split(file, offsets, byteCounts, rowBytes) : (offsets, byteCounts);
    }

    /// <summary>
    /// Cuts the one raw strip of each plane into pieces, so that a window reads only the rows that it needs: many tools write such files.
    /// </summary>
    private (long[] Offsets, long[] ByteCounts) Split(TiffFile file, long[] offsets, long[] byteCounts, long rowBytes)
    {
        long stripBytes = rowBytes * Height;
        for (int plane = 0; plane < offsets.Length; plane++)
            if ((offsets[plane], byteCounts[plane]) != (0, 0)
                && (byteCounts[plane] < stripBytes || offsets[plane] < 0 || offsets[plane] > file.Length - stripBytes))
                throw file.Damaged(
                    $"a strip lies at byte {offsets[plane]} and is {byteCounts[plane]} bytes long; the file has {file.Length} bytes",
                    $"{stripBytes} bytes inside of the file");
        BlockHeight = (int)Math.Max(1, SplitBytes / rowBytes);
        long count = (long)offsets.Length * BlocksDown;
        if (count > MaxBlocks) throw TooManyBlocks(file, count);
        long[] pieceOffsets = new long[count], pieceCounts = new long[count];
        for (int i = 0; i < count; i++)
        {
            (int plane, int piece) = (i / BlocksDown, i % BlocksDown);
            if ((offsets[plane], byteCounts[plane]) == (0, 0)) continue;
            pieceOffsets[i] = offsets[plane] + piece * BlockHeight * rowBytes;
            pieceCounts[i] = RowsStored(piece) * rowBytes;
        }
        return (pieceOffsets, pieceCounts);
    }

    private static RasterFormatException TooManyBlocks(TiffFile file, long count) =>
        file.Unsupported($"it has {count} blocks", $"at most {MaxBlocks}",
            "-co COMPRESS=DEFLATE -co TILED=YES -co BLOCKXSIZE=512 -co BLOCKYSIZE=512");

    private static int Size(TiffFile file, long value, string what) =>
        value is >= 1 and <= int.MaxValue ? (int)value : throw file.Damaged($"its {what} is {value}", $"1 to {int.MaxValue}");

    /// <summary>The value of a tag that has one value a band; all must agree.</summary>
    private long Common(TiffFile file, TiffDirectory directory, TiffTag tag, long fallback)
    {
        long[] values = directory.Integers(tag, BandCount);
        if (values.Length == 0) return fallback;
        if (values.AsSpan().ContainsAnyExcept(values[0]))
            throw file.Unsupported($"its bands differ in {tag}: {string.Join(", ", values.Distinct().Take(4))}",
                "bands of one type", "-ot Float32");
        return values[0];
    }

    private SampleType ParseSampleType(TiffFile file, int format, TiffDirectory directory)
    {
        if (directory.Integer(TiffTag.PhotometricInterpretation, 1) == 6)
            throw file.Unsupported("its pixels are YCbCr colours", "bands of numbers", "-co COMPRESS=DEFLATE -co PHOTOMETRIC=RGB");
        return (format, BitsPerSample) switch
        {
            (1 or 4, 8) => SampleType.UInt8,
            (1 or 4, 1) when BandCount == 1 => SampleType.UInt8,
            (1 or 4, 16) => SampleType.UInt16,
            (1 or 4, 32) => SampleType.UInt32,
            (2, 16) => SampleType.Int16,
            (2, 32) => SampleType.Int32,
            (3, 32) => SampleType.Float32,
            (3, 64) => SampleType.Float64,
            _ => throw file.Unsupported($"its samples have {BitsPerSample} bits in sample format {format}",
                "uint8, int16, uint16, int32, uint32, float32 or float64",
                format == 3 ? "-ot Float32 -co NBITS=32" : BitsPerSample < 8 ? "-ot Byte -co NBITS=8" : "-ot Float64"),
        };
    }

    private int ParsePredictor(TiffFile file, TiffDirectory directory)
    {
        // PREDICTOR belongs to the compressions that have one; others ignore a stray tag, as libtiff does.
        if (Compression is not (TiffCompression.Lzw or TiffCompression.Deflate or TiffCompression.Zstd)) return 1;
        long predictor = directory.Integer(TiffTag.Predictor, 1);
        bool isFloat = SampleType is SampleType.Float32 or SampleType.Float64;
        return predictor is 1 || (predictor is 2 && BitsPerSample >= 8) || (predictor is 3 && isFloat) ? (int)predictor
            : throw file.Unsupported($"its predictor is {predictor} with {BitsPerSample}-bit {SampleType} samples",
                "1, 2, or 3 with floating point", "-co COMPRESS=DEFLATE -co PREDICTOR=1");
    }
}
