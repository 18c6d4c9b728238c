namespace Asm.Inference.Monitoring;

/// <summary>A corner of pixels that a ring runs through.</summary>
/// <param name="Column">Pixels left of it.</param>
/// <param name="Row">Pixels above it.</param>
/// <param name="IsSaddle">True where pixels of one code meet by the corner only: a ring may run through it twice.</param>
internal readonly record struct RingVertex(int Column, int Row, bool IsSaddle);
