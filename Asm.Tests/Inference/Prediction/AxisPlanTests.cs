using Asm.Inference.Prediction;

namespace Asm.Tests.Inference.Prediction;

public sealed class AxisPlanTests
{
    [Fact]
    public void Exact_windows_share_twice_the_halo_and_reach_the_padded_end()
    {
        AxisPlan plan = AxisPlan.Exact(size: 1068, window: 512, halo: 112, alignment: 16);
        Assert.Equal([0, 288, 560], plan.Starts); // 1068 padded to 1072; 1072 - 512 = 560
        Assert.Equal(512, plan.Window);
    }

    [Fact]
    public void Exact_keeps_a_halo_inside_each_window_but_all_at_the_ends()
    {
        AxisPlan plan = AxisPlan.Exact(size: 1068, window: 512, halo: 112, alignment: 16);
        Assert.Equal(1, plan.Weights[0][0]);
        Assert.Equal(1, plan.Weights[0][399]);
        Assert.Equal(0, plan.Weights[0][400]);
        Assert.Equal(0, plan.Weights[1][111]);
        Assert.Equal(1, plan.Weights[1][112]);
        Assert.Equal(1, plan.Weights[2][511]);
    }

    [Fact]
    public void Blend_spreads_windows_evenly_at_multiples_of_the_alignment()
    {
        AxisPlan plan = AxisPlan.Blend(size: 1068, window: 256, overlap: 32, alignment: 16);
        Assert.Equal([0, 192, 400, 608, 816], plan.Starts);
    }

    [Fact]
    public void A_scene_smaller_than_the_window_is_one_window_of_its_padded_size()
    {
        foreach (AxisPlan plan in new[] { AxisPlan.Exact(37, 512, 112, 16), AxisPlan.Blend(37, 256, 32, 16) })
        {
            Assert.Equal([0], plan.Starts);
            Assert.Equal(48, plan.Window);
            Assert.All(plan.Weights[0], w => Assert.Equal(1, w));
        }
    }

    [Fact]
    public void Over_every_size_the_weights_sum_to_one_and_starts_are_aligned()
    {
        for (int size = 1; size <= 700; size++)
            foreach (AxisPlan plan in new[] { AxisPlan.Exact(size, 256, 112, 16), AxisPlan.Exact(size, 320, 16, 16), AxisPlan.Blend(size, 64, 16, 16), AxisPlan.Blend(size, 96, 40, 8), AxisPlan.Blend(size, 64, 0, 1) })
            {
                var sum = new double[size];
                for (int i = 0; i < plan.Starts.Length; i++)
                    for (int j = 0; j < plan.Window && plan.Starts[i] + j < size; j++) sum[plan.Starts[i] + j] += plan.Weights[i][j];
                for (int x = 0; x < size; x++) Assert.True(Math.Abs(sum[x] - 1) < 1e-6, $"size {size}, pixel {x}: weights sum to {sum[x]}");
                for (int i = 1; i < plan.Starts.Length; i++) Assert.True(plan.Starts[i] > plan.Starts[i - 1], $"size {size}: starts do not ascend");
            }
    }

    [Fact]
    public void Over_every_size_neighbouring_blend_windows_share_at_least_the_overlap()
    {
        for (int size = 1; size <= 900; size++)
        {
            AxisPlan plan = AxisPlan.Blend(size, 128, 32, 16);
            for (int i = 1; i < plan.Starts.Length; i++) Assert.True(plan.Starts[i - 1] + plan.Window - plan.Starts[i] >= 32, $"size {size}, window {i}");
            Assert.True(plan.Starts[^1] + plan.Window >= size);
        }
    }
}
