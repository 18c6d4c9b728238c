namespace Asm.Inference.Preparation.Products;

/// <summary>How far a Sentinel-2 product is processed.</summary>
public enum ProductLevel
{
    /// <summary>Top-of-atmosphere reflectance.</summary>
    Level1C,

    /// <summary>Surface reflectance, which the method expects.</summary>
    Level2A,
}
