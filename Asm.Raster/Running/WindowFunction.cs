namespace Asm.Raster.Running;

/// <summary>
/// Computes the samples of one window. It sets every sample of every output there, depends on nothing outside of the window, and is called
/// for several windows at a time.
/// </summary>
public delegate void WindowFunction(in WindowFrame frame);
