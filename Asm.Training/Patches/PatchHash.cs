namespace Asm.Training.Patches;

/// <summary>Random numbers as a function of seed and number: the order in which patches are made does not change them.</summary>
internal static class PatchHash
{
    /// <summary>64 well mixed bits (the finaliser of SplitMix64, Steele et al. 2014, over seed and number).</summary>
    public static ulong Mix(ulong seed, ulong number)
    {
        ulong z = Finish(seed + 0x9e3779b97f4a7c15) + number * 0x9e3779b97f4a7c15;
        return Finish(z);
    }

    /// <summary>A generator whose whole sequence follows from seed and number.</summary>
    public static Random Generator(ulong seed, ulong number) => new((int)(Mix(seed, number) & int.MaxValue));

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
