using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>One class that a model tells apart.</summary>
/// <param name="Code">The value in class maps, from 1; 0 is no data.</param>
/// <param name="Name">The name, such as "mines".</param>
/// <param name="Color">The colour in class maps.</param>
public sealed record ModelClass(int Code, string Name, Rgb Color);
