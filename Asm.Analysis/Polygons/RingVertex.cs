namespace Asm.Analysis.Polygons;

/// <summary>A corner of pixels that a ring runs through. A region may have millions: 8 bytes each.</summary>
internal readonly struct RingVertex
{
    private readonly int _row;

    /// <summary>Creates a vertex.</summary>
    /// <param name="column">Pixels left of it.</param>
    /// <param name="row">Pixels above it.</param>
    /// <param name="isSaddle">True where pixels of one code meet by the corner only: a ring may run through it twice.</param>
    public RingVertex(int column, int row, bool isSaddle) => (Column, _row) = (column, isSaddle ? ~row : row);

    /// <summary>Pixels left of it.</summary>
    public int Column { get; }

    /// <summary>Pixels above it.</summary>
    public int Row => IsSaddle ? ~_row : _row;

    /// <summary>True where pixels of one code meet by the corner only.</summary>
    public bool IsSaddle => _row < 0;
}
