using Asm.Training.Patches;

namespace Asm.Tests.Training.Patches;

/// <summary>Small patches that a network learns at once: stripes of classes, each band bright where the class of its number is.</summary>
internal sealed class StripePatches(int sizePixels, int bands = 3, int? count = null, int classes = 3) : IPatchSource
{
    public string Description => "stripes";

    public IReadOnlyList<string> BandNames { get; } = [.. Enumerable.Range(1, bands).Select(b => $"S{b}")];

    public int SizePixels => sizePixels;

    public long? Count => count;

    public void Read(long index, Span<float> reflectance, Span<byte> label)
    {
        Random random = PatchHash.Generator(77, (ulong)index);
        int plane = sizePixels * sizePixels, period = random.Next(3, 6);
        for (int i = 0; i < plane; i++)
        {
            int position = (i % sizePixels / period + i / sizePixels / period) % classes;
            label[i] = (byte)(position + 1);
            for (int band = 0; band < bands; band++) reflectance[band * plane + i] = (band % classes == position ? 0.3f : 0.1f) + 0.02f * random.NextSingle();
        }
    }
}
