namespace Asm.Raster.Vectors.Coverage;

/// <summary>Is told the pixels of a polygon: see <see cref="PolygonCoverage.Visit"/>.</summary>
public interface ICoverageVisitor
{
    /// <summary>Pixels of a row that lie wholly inside.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The first column.</param>
    /// <param name="endColumn">The column after the last one.</param>
    void Run(int row, int column, int endColumn);

    /// <summary>A pixel that lies partly inside.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="share">The share of its area inside, above 0 and below 1.</param>
    void Part(int row, int column, double share);
}
