namespace Asm.Projects.Documents;

/// <summary>Ground that a project leaves out.</summary>
/// <param name="File">The vector file.</param>
/// <param name="Layer">Its layer; null for the only one.</param>
/// <param name="BufferMetres">How far around the polygons is left out too.</param>
public sealed record ProjectMask(string File, string? Layer, double BufferMetres);
