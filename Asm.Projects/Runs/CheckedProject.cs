using Asm.Inference.Model;
using Asm.Projects.Documents;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;

namespace Asm.Projects.Runs;

/// <summary>A project whose files were opened and found to fit together.</summary>
/// <param name="Project">The project.</param>
/// <param name="ModelPath">The file of the model.</param>
/// <param name="Model">What the model says of itself.</param>
/// <param name="Scenes">The scenes by their paths.</param>
/// <param name="Masks">The masks, read.</param>
/// <param name="Grid">The grid of the maps of all seasons.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record CheckedProject(Project Project, string ModelPath, ModelDescription Model,
    IReadOnlyDictionary<string, CheckedScene> Scenes, IReadOnlyList<PolygonMask> Masks,
    GeoGrid Grid, IReadOnlyList<(string Subject, string Text)> Warnings);
