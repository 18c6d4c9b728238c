using Asm.Raster;

namespace Asm.Training.Network;

/// <summary>The size of a U-Net.</summary>
internal sealed record UNetShape
{
    /// <summary>Bands of the input, 1 or more.</summary>
    public int Bands { get; init; } = 10;

    /// <summary>Classes of the output, 2 to 255.</summary>
    public int Classes { get; init; } = 3;

    /// <summary>Filters of the first stage; each stage below has twice as many. The paper's network has 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Stages of the encoder, 1 to 6; height and width of the input must be multiples of <see cref="Alignment"/>.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Sides of the input must be multiples of this: 2 to the power of the depth.</summary>
    public int Alignment => 1 << Depth;

    /// <summary>Filters of one stage from 0 at full resolution; stage <see cref="Depth"/> is the bridge.</summary>
    public int Filters(int stage) => Width << stage;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="AsmException">A value is outside of its range.</exception>
    public void Validate()
    {
        Require(Bands is >= 1 and <= 1000, "bands", Bands, "1 to 1000");
        Require(Classes is >= 2 and <= 255, "classes", Classes, "2 to 255");
        Require(Width is >= 1 and <= 512, "width", Width, "1 to 512");
        Require(Depth is >= 1 and <= 6, "depth", Depth, "1 to 6");
    }

    /// <summary>Refuses a size whose weights a file cannot hold, before room is made for them.</summary>
    /// <param name="bytes">Bytes of the file.</param>
    /// <exception cref="InvalidDataException">The second convolution of the bridge alone is larger than the file.</exception>
    public void RequireWithin(long bytes)
    {
        Validate();
        long weights = 9L * Filters(Depth) * Filters(Depth) * sizeof(float);
        if (weights > bytes)
            throw new InvalidDataException($"a network of width {Width} and depth {Depth} has more weights than {bytes:N0} bytes");
    }

    private static void Require(bool holds, string key, int found, string expected)
    {
        if (!holds) throw new AsmException($"network: {key}", $"{found}", expected, "change it in the configuration");
    }
}
