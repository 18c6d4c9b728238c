using Asm.Training.Configuration;
using Asm.Training.Patches;

namespace Asm.Tests.Training.Patches;

public sealed class SimulatedPatchesTests
{
    [Fact]
    public void A_number_gives_the_same_patch_and_another_number_another_one()
    {
        float[] first = Read(3).Reflectance;
        Assert.Equal(first, Read(3).Reflectance);
        Assert.NotEqual(first, Read(4).Reflectance);
    }

    [Fact]
    public void Labels_are_codes_1_to_3_and_0_only_without_data()
    {
        var always = new SimulatedPatchConfig { NoDataShare = 1 };
        for (long index = 0; index < 4; index++)
        {
            (float[] reflectance, byte[] label) = Read(index, always);
            Assert.All(Enumerable.Range(0, label.Length), i => Assert.Equal(reflectance[i] == 0, label[i] == 0));
            Assert.All(label, code => Assert.InRange(code, 0, 3));
            Assert.All(reflectance, r => Assert.InRange(r, 0, 1.3f));
        }
    }

    private static (float[] Reflectance, byte[] Label) Read(long index, SimulatedPatchConfig? config = null)
    {
        float[] reflectance = new float[10 * 32 * 32];
        byte[] label = new byte[32 * 32];
        new SimulatedPatches(config ?? new SimulatedPatchConfig(), 32, 5).Read(index, reflectance, label);
        return (reflectance, label);
    }
}
