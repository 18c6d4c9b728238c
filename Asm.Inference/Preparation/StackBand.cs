using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>Where one band of a stack comes from.</summary>
/// <param name="Source">A raster on the stack's grid.</param>
/// <param name="Position">The band in it, from 0.</param>
/// <param name="Scaling">How its samples become those of the stack.</param>
internal sealed record StackBand(IRasterSource Source, int Position, ReflectanceScaling Scaling);
