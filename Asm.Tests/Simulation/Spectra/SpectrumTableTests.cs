using Asm.Simulation.Noise;
using Asm.Simulation.Spectra;

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
                (double expectedMean, double expectedSpread) = FlooredNormal(spectra.Mean[b], deviation, spectra.Mean[b] / 3.0);
                Assert.InRange(mean, expectedMean - 0.07 * deviation, expectedMean + 0.07 * deviation);
                Assert.InRange(spread, 0.93 * expectedSpread, 1.07 * expectedSpread);
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

    // Mean and standard deviation of max(X, floor) for a normal X, by the midpoint rule.
    private static (double Mean, double Deviation) FlooredNormal(double mean, double deviation, double floor)
    {
        double weight = 0, first = 0, second = 0;
        for (double z = -5.995; z < 6; z += 0.01)
        {
            double density = Math.Exp(-z * z / 2), value = Math.Max(mean + z * deviation, floor);
            weight += density;
            first += density * value;
            second += density * value * value;
        }
        return (first / weight, Math.Sqrt(second / weight - first / weight * (first / weight)));
    }
}
