namespace Asm.Simulation.Noise;

/// <summary>
/// The random choices of one object. Slot n of an object is always the same number, whatever else is drawn: there is no
/// stream to be out of step with.
/// </summary>
/// <param name="Key">The object's key.</param>
internal readonly record struct Draw(ulong Key)
{
    /// <summary>Uniform in 0 .. 1.</summary>
    public float Uniform(int slot) => Hash.Unit(Hash.Of(Key, (ulong)slot));

    /// <summary>Uniform between two bounds.</summary>
    public float Between(int slot, float low, float high) => low + (high - low) * Uniform(slot);

    /// <summary>Mean 0, variance 1, bounded by 3.47.</summary>
    public float Normal(int slot) => Hash.Normal(Hash.Of(Key, (ulong)slot));

    /// <summary>True with the given probability.</summary>
    public bool Chance(int slot, float probability) => Uniform(slot) < probability;

    /// <summary>A whole number in 0 .. count - 1.</summary>
    public int Index(int slot, int count) => (int)(Uniform(slot) * count);

    /// <summary>A key for something that belongs to the object.</summary>
    public ulong Child(int slot) => Hash.Of(Key, (ulong)slot);

    /// <summary>A direction of length 1, without trigonometry: a point of the square is pushed onto the circle.</summary>
    public (float X, float Y) Direction(int slot)
    {
        float x = Between(slot, -1, 1), y = Between(slot + 1000, -1, 1);
        float length = MathF.Sqrt(x * x + y * y);
        return length < 1e-3f ? (1, 0) : (x / length, y / length);
    }
}
