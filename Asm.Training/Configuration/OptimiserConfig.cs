namespace Asm.Training.Configuration;

/// <summary>Which optimiser.</summary>
internal enum OptimiserKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam; weight decay is part of the gradient.</summary>
    Adam,

    /// <summary>Adam with weight decay beside the gradient.</summary>
    Adamw,
}

/// <summary>What a gradient's norm is taken over.</summary>
internal enum ClipScope
{
    /// <summary>Each weight or bias tensor alone, as the MathWorks example does.</summary>
    Parameter,

    /// <summary>All of them together.</summary>
    Global,
}

/// <summary>The optimiser's settings.</summary>
internal sealed record OptimiserConfig
{
    /// <summary>sgd, adam or adamw.</summary>
    public OptimiserKind Name { get; init; } = OptimiserKind.Sgd;

    /// <summary>Highest learning rate; null: 0.05 for sgd, 0.001 for the others.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd, 0 up to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty on weights; biases have none.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Gradients with a larger L2 norm are scaled down to it; 0: none are.</summary>
    public double ClipNorm { get; init; } = 0.05;

    /// <summary>What the norm is taken over: parameter or global.</summary>
    public ClipScope ClipScope { get; init; } = ClipScope.Parameter;

    /// <summary>The learning rate that counts.</summary>
    internal double EffectiveLearningRate => LearningRate ?? (Name == OptimiserKind.Sgd ? 0.05 : 0.001);
}
