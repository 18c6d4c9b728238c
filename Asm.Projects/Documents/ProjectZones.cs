using Asm.Raster.Vectors.Coverage;

namespace Asm.Projects.Documents;

/// <summary>The zones of a project.</summary>
/// <param name="File">The vector file.</param>
/// <param name="Layer">Its layer; null for the only one.</param>
/// <param name="IdField">The field that names a zone; null: zones are numbered.</param>
/// <param name="AdjacentMetres">Width of the ring around each zone that is measured too; 0: none.</param>
/// <param name="Coverage">How a pixel on a border counts.</param>
public sealed record ProjectZones(string File, string? Layer, string? IdField, double AdjacentMetres, PixelCoverage Coverage);
