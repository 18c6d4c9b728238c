using Asm.Training.Configuration;

namespace Asm.Tests.Training.Fitting;

public sealed class ScheduleConfigTests
{
    [Theory]
    [InlineData("Step", 0.0, 0.05)]
    [InlineData("Step", 0.33, 0.05)]
    [InlineData("Step", 0.34, 0.005)]
    [InlineData("Step", 0.67, 0.0005)]
    [InlineData("Cosine", 0.0, 0.05)]
    [InlineData("Cosine", 0.5, 0.025)]
    [InlineData("Cosine", 1.0, 0.0)]
    [InlineData("OneCycle", 0.0, 0.002)]
    [InlineData("OneCycle", 0.15, 0.026)]
    [InlineData("OneCycle", 0.3, 0.05)]
    [InlineData("OneCycle", 1.0, 0.000005)]
    [InlineData("Constant", 0.9, 0.05)]
    public void The_rate_of_30_epochs_from_005(string kind, double progress, double expected) =>
        Assert.Equal(expected, new ScheduleConfig { Name = Enum.Parse<ScheduleKind>(kind) }.LearningRate(0.05, progress, 30), 9);

    // floating point must not delay the drop: 10 of 30 epochs are a progress just below 1/3
    [Fact]
    public void The_first_step_of_epoch_11_has_the_lower_rate() =>
        Assert.Equal(0.005, new ScheduleConfig().LearningRate(0.05, 10_000.0 / 30_000.0, 30), 9);

    [Fact]
    public void Warmup_rises_linearly_and_meets_the_highest_rate()
    {
        var schedule = new ScheduleConfig { Name = ScheduleKind.Cosine, Warmup = 0.1 };
        Assert.Equal(0.5, schedule.LearningRate(1, 0.05, 1), 9);
        Assert.Equal(1.0, schedule.LearningRate(1, 0.1, 1), 9);
        Assert.Equal(0.5, schedule.LearningRate(1, 0.55, 1), 9);
    }
}
