using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Tests.Inference.Preparation;

public sealed class ReflectanceScalingTests
{
    [Theory]
    // Real DNs of a product of baseline 04.00: 1427 is reflectance 0.0427; 1000 is 0, which stays valid; 0 is no data.
    [InlineData(-1000.0, null, 1427, 427)]
    [InlineData(-1000.0, null, 1001, 1)]
    [InlineData(-1000.0, null, 1000, 1)]
    [InlineData(-1000.0, null, 1, 1)]
    [InlineData(-1000.0, null, 0, 0)]
    [InlineData(null, null, 1427, 1427)]
    [InlineData(null, 1000.0, 427, 4270)]
    [InlineData(null, 20000.0, 427, 214)]
    [InlineData(null, 1000.0, 9000, 65535)]
    public void Integers_become_reflectance_x_10000(double? offset, double? quantification, int dn, int expected)
    {
        var radiometry = new StackRadiometry { Offset = offset, Quantification = quantification };
        ushort[] samples = [(ushort)dn];
        new ReflectanceScaling(SampleType.UInt16, new BandInfo { NoData = 0 }, radiometry, "B02").Apply(samples);
        Assert.Equal(expected, samples[0]);
        ushort[] scaled = new ushort[1];
        new ReflectanceScaling(SampleType.Int32, new BandInfo { NoData = 0 }, radiometry, "B02").Apply([dn], scaled);
        Assert.Equal(expected, scaled[0]);
    }

    [Fact]
    public void What_the_file_declares_is_used_unless_the_user_says_otherwise()
    {
        var declared = new BandInfo { NoData = 0, Scale = 0.0001, Offset = -0.1 };
        ushort[] samples = [1427, 0], overridden = [1427, 0];
        new ReflectanceScaling(SampleType.UInt16, declared, new StackRadiometry(), "B02").Apply(samples);
        Assert.Equal([427, 0], samples);
        new ReflectanceScaling(SampleType.UInt16, declared, new StackRadiometry { Offset = 0 }, "B02").Apply(overridden);
        Assert.Equal([1427, 0], overridden);
    }

    [Fact]
    public void Another_nodata_value_becomes_0_and_0_becomes_1()
    {
        ushort[] samples = [65535, 0, 7];
        new ReflectanceScaling(SampleType.UInt16, new BandInfo { NoData = 65535 }, new StackRadiometry(), "B02").Apply(samples);
        Assert.Equal([0, 1, 7], samples);
    }

    [Fact]
    public void Floating_point_samples_are_reflectances()
    {
        ushort[] scaled = new ushort[6];
        new ReflectanceScaling(SampleType.Float32, new BandInfo(), new StackRadiometry(), "B02").Apply([0.0427f, 1.2f, 0, -0.01f, float.NaN, float.PositiveInfinity], scaled);
        Assert.Equal([427, 12000, 1, 1, 0, 0], scaled);
    }

    [Fact]
    public void Floating_point_samples_of_another_scale_need_the_quantification()
    {
        ushort[] scaled = new ushort[1];
        new ReflectanceScaling(SampleType.Float32, new BandInfo(), new StackRadiometry { Quantification = 10000 }, "B02").Apply([1427], scaled);
        Assert.Equal([1427], scaled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-10000)]
    [InlineData(double.NaN)]
    public void A_quantification_that_is_not_above_0_is_refused(double quantification) =>
        Assert.Throws<AsmException>(() => new ReflectanceScaling(SampleType.UInt16, new BandInfo(), new StackRadiometry { Quantification = quantification }, "B02"));
}
