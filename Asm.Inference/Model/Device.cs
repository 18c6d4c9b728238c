namespace Asm.Inference.Model;

/// <summary>Where a model runs.</summary>
public enum Device
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; needs a build with the GPU packages (docs/building.md).</summary>
    Cuda,
}
