using Asm.Training.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>
/// Changes the parameters of a network by their gradients. Its state is a list of named tensors, so that a checkpoint can hold it.
/// </summary>
/// <remarks>
/// TorchSharp's own optimisers were not taken: their momentum folds the learning rate in differently from the paper's (they differ after
/// each drop of the rate), and they clip the norm over all parameters only.
/// </remarks>
internal sealed class Optimiser : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private readonly OptimiserConfig _config;
    private readonly (string Name, Parameter Value)[] _parameters;
    private readonly Dictionary<string, Tensor> _state = [];

    /// <summary>Creates the optimiser with state 0.</summary>
    public Optimiser(nn.Module network, OptimiserConfig config)
    {
        (_config, _parameters) = (config, [.. network.named_parameters()]);
        foreach ((string name, Parameter value) in _parameters)
            foreach (string kind in config.Name == OptimiserKind.Sgd ? ["velocity"] : (string[])["mean", "square"])
                _state.Add($"{kind}.{name}", zeros_like(value, requires_grad: false).DetachFromDisposeScope());
    }

    /// <summary>The state by name; its tensors may be overwritten in place.</summary>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    /// <summary>Clips the gradients, then changes every parameter.</summary>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="step">Number of this step from 1, which Adam's bias correction needs.</param>
    public void Step(double learningRate, long step)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Clip();
        foreach ((string name, Parameter parameter) in _parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            double decay = name.EndsWith("bias", StringComparison.Ordinal) ? 0 : _config.WeightDecay;
            if (decay > 0 && _config.Name != OptimiserKind.Adamw) gradient.add_(parameter, alpha: decay);
            if (_config.Name == OptimiserKind.Sgd) Momentum(name, parameter, gradient, learningRate);
            else Adam(name, parameter, gradient, learningRate, step, decay);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _state.Values) tensor.Dispose();
    }

    // v = m v - lr g ; w = w + v, the form of MATLAB's sgdm.
    private void Momentum(string name, Parameter parameter, Tensor gradient, double learningRate)
    {
        Tensor velocity = _state[$"velocity.{name}"];
        velocity.mul_(_config.Momentum).add_(gradient, alpha: -learningRate);
        parameter.add_(velocity);
    }

    // Kingma and Ba 2015, algorithm 1; with adamw the decay of Loshchilov and Hutter 2019.
    private void Adam(string name, Parameter parameter, Tensor gradient, double learningRate, long step, double decay)
    {
        Tensor mean = _state[$"mean.{name}"], square = _state[$"square.{name}"];
        mean.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        square.mul_(Beta2).addcmul_(gradient, gradient, value: 1 - Beta2);
        if (_config.Name == OptimiserKind.Adamw && decay > 0) parameter.mul_(1 - learningRate * decay);
        Tensor denominator = (square / (1 - Math.Pow(Beta2, step))).sqrt_().add_(Epsilon);
        parameter.addcdiv_(mean, denominator, -learningRate / (1 - Math.Pow(Beta1, step)));
    }

    private void Clip()
    {
        if (_config.ClipNorm <= 0) return;
        Tensor[] gradients = [.. _parameters.Select(p => p.Value.grad).OfType<Tensor>()];
        Tensor[] norms = [.. gradients.Select(g => g.norm())];
        if (_config.ClipScope == ClipScope.Global)
        {
            Tensor all = stack(norms).norm();
            norms = [.. norms.Select(_ => all)];
        }

        // The factor stays a tensor: reading it would make a GPU wait.
        for (int i = 0; i < gradients.Length; i++) gradients[i].mul_((_config.ClipNorm / (norms[i] + 1e-12)).clamp_max(1));
    }
}
