using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>One class of a map or of a model.</summary>
/// <param name="Code">The value in class maps, from 1; 0 is no data.</param>
/// <param name="Name">The name, such as "mines".</param>
/// <param name="Color">The colour in class maps.</param>
public sealed record MapClass(int Code, string Name, Rgb Color);
