namespace Asm.Tests.Structure;

/// <summary>The product's sources, read once for all tests of <see cref="HouseTests"/>.</summary>
public sealed class HouseFixture
{
    internal House House { get; } = House.OfRepository();
}
