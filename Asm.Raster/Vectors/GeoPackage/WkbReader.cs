using System.Buffers.Binary;
using Asm.Raster.Vectors.Curves;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>
/// Reads shapes of GeoPackage binary (OGC 12-128r18, 2.1.3) in well-known binary (OGC 06-103r4, section 8; curves: ISO 13249-3). Arcs
/// become lines, heights and measures are dropped, and no count is believed that the bytes cannot hold.
/// </summary>
internal sealed class WkbReader(RingFactory factory)
{
    /// <summary>Collections in collections; real files need two.</summary>
    public const int MaxDepth = 32;

    private readonly ArcStrokes _arcs = new(factory.Tolerance);

    /// <summary>The shape of a blob.</summary>
    /// <exception cref="FormatException">The blob holds no such shape; the message says why.</exception>
    /// <exception cref="ArgumentException">A ring is not closed or has too few vertices.</exception>
    public Geometry Read(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < 8 || blob[0] != 'G' || blob[1] != 'P') throw new FormatException("it does not start as a GeoPackage's do");
        if ((blob[3] & 0x20) != 0) throw new FormatException("it is of a type that only the program that wrote it knows");
        int header = 8 + ((blob[3] >> 1) & 7) switch { 0 => 0, 1 => 32, 2 or 3 => 48, 4 => 64, _ => int.MaxValue - 8 };
        if (header > blob.Length) throw new FormatException("it is cut short");
        var bytes = new Bytes(blob[header..]);
        return Shape(ref bytes, MaxDepth);
    }

    private Geometry Shape(ref Bytes bytes, int depthLeft)
    {
        if (depthLeft == 0) throw new FormatException($"it nests collections deeper than {MaxDepth}");
        (uint kind, int ordinates) = bytes.Header();
        switch (kind)
        {
            case 1:
                Coordinate[] one = bytes.Positions(1, ordinates);
                return double.IsNaN(one[0].X) ? factory.CreatePoint() : factory.CreatePoint(one[0]);
            case 2:
                return factory.CreateLineString(bytes.Positions(bytes.Count(8 * ordinates), ordinates));
            case 3 or 17:
                var rings = new LinearRing[bytes.Count(4)];
                for (int i = 0; i < rings.Length; i++)
                    rings[i] = factory.CreateLinearRing(bytes.Positions(bytes.Count(8 * ordinates), ordinates));
                return Polygon(rings);
            case 8:
                return factory.CreateLineString(_arcs.Line(bytes.Positions(bytes.Count(8 * ordinates), ordinates)));
            case 9:
                return factory.CreateLineString(Joined(Parts<LineString>(ref bytes, depthLeft)));
            case 10:
                return Polygon([.. Parts<LineString>(ref bytes, depthLeft).Select(ring => factory.CreateLinearRing(ring.Coordinates))]);
            case 4:
                return factory.CreateMultiPoint(Parts<Point>(ref bytes, depthLeft));
            case 5 or 11:
                return factory.CreateMultiLineString(Parts<LineString>(ref bytes, depthLeft));
            case 6 or 12 or 15 or 16:
                return factory.CreateMultiPolygon(Parts<Polygon>(ref bytes, depthLeft));
            case 7:
                return factory.CreateGeometryCollection(Parts<Geometry>(ref bytes, depthLeft));
            default:
                throw new FormatException($"there is no type of shape {kind}");
        }
    }

    private T[] Parts<T>(ref Bytes bytes, int depthLeft) where T : Geometry
    {
        var parts = new T[bytes.Count(Bytes.LeastShape)];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Shape(ref bytes, depthLeft - 1) is var part && part is T fit
                ? fit
                : throw new FormatException($"it holds a {part.GeometryType} where a {typeof(T).Name} belongs");
        return parts;
    }

    private Polygon Polygon(LinearRing[] rings) =>
        rings.Length == 0 ? factory.CreatePolygon() : factory.CreatePolygon(rings[0], rings[1..]);

    /// <summary>The vertices of lines that continue each other.</summary>
    private Coordinate[] Joined(LineString[] lines)
    {
        var all = new List<Coordinate>();
        foreach (LineString line in lines.Where(line => !line.IsEmpty))
        {
            Coordinate[] next = line.Coordinates;
            if (all.Count > 0
                && !(Math.Abs(all[^1].X - next[0].X) <= factory.Tolerance && Math.Abs(all[^1].Y - next[0].Y) <= factory.Tolerance))
                throw new FormatException("a compound curve has parts that do not meet");
            all.AddRange(all.Count > 0 ? next[1..] : next);
        }
        return [.. all];
    }

    /// <summary>What is left of a blob.</summary>
    private ref struct Bytes(ReadOnlySpan<byte> rest)
    {
        /// <summary>The byte order, the type, and a number of parts.</summary>
        public const int LeastShape = 9;

        private ReadOnlySpan<byte> _rest = rest;
        private bool _isLittle;

        public (uint Kind, int Ordinates) Header()
        {
            _isLittle = Take(1)[0] switch { 0 => false, 1 => true, _ => throw new FormatException("it has no byte order") };
            uint code = Integer();

            // ISO adds 1000, 2000, 3000 for Z, M, ZM; the older form sets the two highest bits, and a third for an SRID.
            uint iso = (code & 0xFFFF) / 1000;
            if ((code & 0x20000000) != 0) Take(4);
            return ((code & 0xFFFF) % 1000,
                2 + (iso is 1 or 3 || (code & 0x80000000) != 0 ? 1 : 0) + (iso is 2 or 3 || (code & 0x40000000) != 0 ? 1 : 0));
        }

        /// <summary>How many things follow, each of so many bytes at least.</summary>
        public int Count(int bytesEach)
        {
            uint count = Integer();
            return (long)count * bytesEach <= _rest.Length
                ? (int)count
                : throw new FormatException($"it is cut short: it tells of {count} parts");
        }

        public Coordinate[] Positions(int count, int ordinates)
        {
            var positions = new Coordinate[count];
            ReadOnlySpan<byte> bytes = Take(8 * count * ordinates);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> at = bytes[(8 * i * ordinates)..];
                positions[i] = _isLittle
                    ? new(BinaryPrimitives.ReadDoubleLittleEndian(at), BinaryPrimitives.ReadDoubleLittleEndian(at[8..]))
                    : new(BinaryPrimitives.ReadDoubleBigEndian(at), BinaryPrimitives.ReadDoubleBigEndian(at[8..]));
            }
            return positions;
        }

        private uint Integer() => _isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4))
            : BinaryPrimitives.ReadUInt32BigEndian(Take(4));

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > _rest.Length) throw new FormatException("it is cut short");
            ReadOnlySpan<byte> taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
