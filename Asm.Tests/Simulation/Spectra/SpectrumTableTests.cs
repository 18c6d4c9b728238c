using Asm.Simulation;

namespace Asm.Tests.Simulation.Spectra;

public sealed class SpectrumTableTests
{
    [Fact]
    public void Samples_have_the_mean_and_the_covariance_of_the_table()
    {
        foreach (string name in SpectrumTable.Names)
        {
            SpectrumClass spectra = SpectrumTable.Get(name);
            const int count = 4000;
            var samples = new float[count][];
            for (int n = 0; n < count; n++) spectra.Sample(new Draw(Hash.Of(9, (ulong)n)), 0, 1, samples[n] = new float[10]);
            for (int b = 0; b < 10; b++)
            {
                double deviation = Math.Sqrt(spectra.Components.Sum(c => (double)c[b] * c[b]));
                double mean = samples.Average(s => (double)s[b]), spread = Math.Sqrt(samples.Average(s => (s[b] - mean) * (s[b] - mean)));
                // The floor at a third of the mean bites where the spread is large beside the mean; there only the mean is compared.
                bool floored = spectra.Mean[b] < 4 * deviation;
                Assert.InRange(mean, spectra.Mean[b] - 0.06 * deviation, spectra.Mean[b] + (floored ? 0.2 * spectra.Mean[b] : 0.06 * deviation));
                if (!floored) Assert.InRange(spread, 0.94 * deviation, 1.06 * deviation);
            }
        }
    }

    [Fact]
    public void Plants_are_bright_in_the_near_infrared_and_soil_is_red()
    {
        float[] forest = SpectrumTable.Get("rainforest").Mean, soil = SpectrumTable.Get("soil-red").Mean, water = SpectrumTable.Get("water-dark").Mean;
        Assert.Equal([239, 453, 249, 803, 2452, 3045, 3112, 3369, 1630, 672], forest);
        Assert.Equal([1012, 1399, 1940, 2300, 2558, 2758, 2791, 3050, 4071, 3265], soil);
        Assert.True(water.Max() < 300);
    }
}
