using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Asm.Raster;

/// <summary>
/// Writes shapes as GeoPackage binary (OGC 12-128r17, 2.1.3): a header with the envelope, then well-known binary, little-endian, two dimensions. The
/// library's own writer takes seconds for a polygon with tens of thousands of holes.
/// </summary>
internal sealed class GeoPackageBlob(int srs)
{
    // No extension, the envelope is x and y, little-endian.
    private const byte Flags = 0b0000_0011, EmptyFlag = 0b0001_0000;

    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 12);

    /// <summary>The blob of a shape.</summary>
    public byte[] Write(Geometry geometry)
    {
        _buffer.ResetWrittenCount();
        Envelope bounds = geometry.EnvelopeInternal;
        _buffer.Write("GP"u8);
        Byte(0);
        Byte(geometry.IsEmpty ? (byte)(1 | EmptyFlag) : Flags);
        Integer(srs);
        if (!geometry.IsEmpty)
            foreach (double value in (ReadOnlySpan<double>)[bounds.MinX, bounds.MaxX, bounds.MinY, bounds.MaxY]) Number(value);
        Shape(geometry);
        return _buffer.WrittenSpan.ToArray();
    }

    private void Shape(Geometry geometry)
    {
        Byte(1);
        Integer((int)geometry.OgcGeometryType);
        switch (geometry)
        {
            case Point point:
                Number(point.IsEmpty ? double.NaN : point.X);
                Number(point.IsEmpty ? double.NaN : point.Y);
                break;
            case LineString line:
                Positions(line.CoordinateSequence);
                break;
            case Polygon polygon:
                Integer(polygon.IsEmpty ? 0 : 1 + polygon.NumInteriorRings);
                if (polygon.IsEmpty) break;
                Positions(polygon.Shell.CoordinateSequence);
                foreach (LinearRing hole in polygon.Holes) Positions(hole.CoordinateSequence);
                break;
            case GeometryCollection collection:
                Integer(collection.NumGeometries);
                foreach (Geometry part in collection.Geometries) Shape(part);
                break;
            default:
                throw new ArgumentException($"a {geometry.GeometryType} has no well-known binary");
        }
    }

    private void Positions(CoordinateSequence sequence)
    {
        Integer(sequence.Count);
        if (BitConverter.IsLittleEndian && sequence is PackedDoubleCoordinateSequence { Dimension: 2 } packed)
        {
            _buffer.Write(MemoryMarshal.AsBytes(packed.GetRawCoordinates().AsSpan()));
            return;
        }
        for (int i = 0; i < sequence.Count; i++)
        {
            Number(sequence.GetX(i));
            Number(sequence.GetY(i));
        }
    }

    private void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    private void Integer(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    private void Number(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }
}
