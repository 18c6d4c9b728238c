using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>
/// Writes a shape as GeoPackage binary (OGC 12-128r17, 2.1.3): a header with the envelope, then well-known binary, little-endian, two
/// dimensions. The library's own writer takes seconds for a polygon with tens of thousands of holes.
/// </summary>
internal ref struct GeoPackageBlob
{
    // No extension, the envelope is x and y, little-endian; or no envelope, because the shape is empty.
    private const byte Flags = 0b0000_0011, EmptyFlags = 0b0001_0001;

    private Span<byte> _rest;

    /// <summary>The blob of a shape.</summary>
    /// <param name="geometry">The shape.</param>
    /// <param name="srs">The key of its CRS in the file.</param>
    public static byte[] Of(Geometry geometry, int srs)
    {
        var bytes = new byte[checked((int)(8 + (geometry.IsEmpty ? 0 : 32) + SizeOf(geometry)))];
        var blob = new GeoPackageBlob { _rest = bytes };
        blob.Raw("GP"u8);
        blob.Raw([0, geometry.IsEmpty ? EmptyFlags : Flags]);
        blob.Integer(srs);
        Envelope bounds = geometry.EnvelopeInternal;
        if (!geometry.IsEmpty)
            foreach (double value in (ReadOnlySpan<double>)[bounds.MinX, bounds.MaxX, bounds.MinY, bounds.MaxY]) blob.Number(value);
        blob.Shape(geometry);
        return bytes;
    }

    private static long SizeOf(Geometry geometry) => geometry switch
    {
        Point => 21,
        LineString line => 9 + 16L * line.NumPoints,
        Polygon { IsEmpty: true } => 9,
        Polygon polygon => 9 + 4L * (1 + polygon.NumInteriorRings) + 16L * polygon.NumPoints,
        GeometryCollection collection => 9 + collection.Geometries.Sum(SizeOf),
        _ => throw new ArgumentException($"a {geometry.GeometryType} has no well-known binary"),
    };

    private void Shape(Geometry geometry)
    {
        Raw([1]);
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
        }
    }

    private void Positions(CoordinateSequence sequence)
    {
        Integer(sequence.Count);
        if (BitConverter.IsLittleEndian && sequence is PackedDoubleCoordinateSequence { Dimension: 2 } packed)
        {
            Raw(MemoryMarshal.AsBytes(packed.GetRawCoordinates().AsSpan()));
            return;
        }
        for (int i = 0; i < sequence.Count; i++)
        {
            Number(sequence.GetX(i));
            Number(sequence.GetY(i));
        }
    }

    private void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    private void Integer(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_rest, value);
        _rest = _rest[4..];
    }

    private void Number(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_rest, value);
        _rest = _rest[8..];
    }
}
