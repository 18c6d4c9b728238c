namespace Asm.Analysis.Polygons;

/// <summary>
/// A closed line along the sides of pixels, with the region on its right as seen in the image: clockwise around the region,
/// counter-clockwise around a hole.
/// </summary>
/// <param name="Vertices">Its corners, the first not repeated at the end.</param>
internal sealed record Ring(RingVertex[] Vertices)
{
    /// <summary>Twice the area in pixels: above 0 around a region, below 0 around a hole.</summary>
    public long DoubledArea
    {
        get
        {
            long sum = 0;
            RingVertex last = Vertices[^1];
            foreach (RingVertex vertex in Vertices)
            {
                sum += (long)last.Column * vertex.Row - (long)vertex.Column * last.Row;
                last = vertex;
            }
            return sum;
        }
    }
}
