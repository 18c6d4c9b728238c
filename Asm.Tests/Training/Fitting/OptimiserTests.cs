using Asm.Training.Configuration;
using Asm.Training.Fitting;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Fitting;

public sealed class OptimiserTests : TorchTests
{
    private static readonly OptimiserConfig Sgd = new() { WeightDecay = 0, ClipNorm = 0 };

    [Fact]
    public void Momentum_keeps_the_rate_of_the_step_it_came_from()
    {
        // v = 0.9 v - lr g: -0.05, then -0.045 - 0.05, then -0.0855 - 0.005 after the rate dropped to a tenth
        Assert.Equal([0.95f, 0.855f, 0.7645f], Steps(Sgd, [(0.5f, 0.1), (0.5f, 0.1), (0.5f, 0.01)]), Near);
    }

    [Fact]
    public void Weight_decay_is_added_to_the_gradient_of_weights_and_not_of_biases()
    {
        using Linear layer = Layer();
        using var optimiser = new Optimiser(layer, Sgd with { WeightDecay = 0.1 });
        SetGradients(layer, 0, 0);
        optimiser.Step(0.5, 1);
        Assert.Equal(0.95f, layer.weight[0, 0].ToSingle(), 1e-6f);
        Assert.Equal(1f, layer.bias![0].ToSingle());
    }

    [Fact]
    public void Clipping_by_parameter_scales_each_gradient_to_the_norm_alone()
    {
        (float[] weight, float bias) = Clipped(ClipScope.Parameter);
        // weight gradient (3, 4) has norm 5, bias gradient 0.01 is below 0.05
        Assert.Equal([0.03f, 0.04f], weight, Near);
        Assert.Equal(0.01f, bias, 1e-6f);
    }

    [Fact]
    public void Clipping_globally_scales_all_by_one_factor()
    {
        (float[] weight, float bias) = Clipped(ClipScope.Global);
        Assert.Equal([0.03f, 0.04f], weight, Near);
        Assert.Equal(0.0001f, bias, 1e-6f);
    }

    // Gradient (3, 4) of norm 5 is clipped to (0.03, 0.04), 0.0001 w is added; bias gradient 0.01 stays. Step 1 at 0.05: v = -0.05 (0.0301, 0.0402);
    // step 2 at 0.005: v = 0.9 v - 0.005 (0.03 + 0.0001 x 0.998495, 0.04 + 0.0001 x 1.99799).
    [Fact]
    public void Two_steps_with_the_papers_settings_by_hand()
    {
        using Linear layer = nn.Linear(2, 1);
        using (no_grad())
        {
            layer.weight.copy_(tensor(new float[] { 1, 2 }).reshape(1, 2));
            layer.bias!.fill_(0.5);
        }

        using var optimiser = new Optimiser(layer, new OptimiserConfig());
        var schedule = new ScheduleConfig();
        (double progress, float[] weight, float bias)[] expected = [(0, [0.998495f, 1.99799f], 0.4995f), (10.0 / 30, [0.99699000f, 1.99598000f], 0.499f)];
        for (int step = 1; step <= 2; step++)
        {
            layer.zero_grad();
            ((layer.weight * tensor(new float[] { 3, 4 })).sum() + (layer.bias! * 0.01).sum()).backward();
            optimiser.Step(schedule.LearningRate(0.05, expected[step - 1].progress, 30), step);
            Assert.Equal(expected[step - 1].weight, layer.weight.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 3e-7);
            Assert.Equal(expected[step - 1].bias, layer.bias![0].ToSingle(), 3e-7f);
        }
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("Adamw")]
    public void Adam_takes_the_steps_of_TorchSharps_own(string name)
    {
        using Linear ours = nn.Linear(3, 1), theirs = nn.Linear(3, 1);
        theirs.load_state_dict(ours.state_dict());
        using var optimiser = new Optimiser(ours, new OptimiserConfig { Name = Enum.Parse<OptimiserKind>(name), WeightDecay = 0.1, ClipNorm = 0 });
        Tensor x = rand(8, 3), y = rand(8, 1);
        (Parameter[] weights, Parameter[] biases) = ([theirs.weight], [theirs.bias!]);
        // biases have no decay here, so they get an optimiser of their own
        using var peer = name == "Adam" ? (optim.Optimizer)optim.Adam(weights, lr: 0.01, weight_decay: 0.1) : optim.AdamW(weights, lr: 0.01, weight_decay: 0.1);
        using var biasPeer = optim.Adam(biases, lr: 0.01);
        for (int step = 1; step <= 10; step++)
        {
            Backward(ours, x, y);
            Backward(theirs, x, y);
            optimiser.Step(0.01, step);
            peer.step();
            biasPeer.step();
        }

        Assert.True(ours.weight.allclose(theirs.weight, 1e-5, 1e-6));
        Assert.True(ours.bias!.allclose(theirs.bias!, 1e-5, 1e-6));
    }

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6;

    private static void Backward(Linear layer, Tensor x, Tensor y)
    {
        layer.zero_grad();
        nn.functional.mse_loss(layer.call(x), y).backward();
    }

    private static Linear Layer()
    {
        Linear layer = nn.Linear(1, 1);
        using (no_grad())
        {
            layer.weight.fill_(1);
            layer.bias!.fill_(1);
        }

        return layer;
    }

    private static void SetGradients(Linear layer, float weight, float bias)
    {
        // a linear loss has its factors as gradients
        layer.zero_grad();
        ((layer.weight * weight).sum() + (layer.bias! * bias).sum()).backward();
    }

    private static float[] Steps(OptimiserConfig config, (float Gradient, double Rate)[] steps)
    {
        using Linear layer = Layer();
        using var optimiser = new Optimiser(layer, config);
        var found = new List<float>();
        for (int i = 0; i < steps.Length; i++)
        {
            SetGradients(layer, steps[i].Gradient, 0);
            optimiser.Step(steps[i].Rate, i + 1);
            found.Add(layer.weight[0, 0].ToSingle());
        }

        return [.. found];
    }

    private static (float[] Weight, float Bias) Clipped(ClipScope scope)
    {
        using Linear layer = nn.Linear(2, 1);
        using (no_grad())
        {
            layer.weight.zero_();
            layer.bias!.zero_();
        }

        using var optimiser = new Optimiser(layer, Sgd with { ClipNorm = 0.05, ClipScope = scope });
        layer.zero_grad();
        ((layer.weight * tensor(new float[] { 3, 4 })).sum() + (layer.bias! * 0.01).sum()).backward();
        optimiser.Step(1, 1);
        return ([.. layer.weight.data<float>().Select(w => -w)], -layer.bias![0].ToSingle());
    }
}
