namespace Asm.Training.Fitting;

/// <summary>How far a training run is.</summary>
/// <param name="Epoch">Epoch from 1.</param>
/// <param name="Step">Steps so far.</param>
/// <param name="Progress">Share of the run that is done, 0..1: of its steps or its time, whichever is further.</param>
/// <param name="Loss">The loss of this step.</param>
/// <param name="Elapsed">Time so far.</param>
/// <param name="SecondsPerStep">Mean time of a step since the start of this epoch.</param>
internal readonly record struct FitStep(int Epoch, long Step, double Progress, double Loss, TimeSpan Elapsed, double SecondsPerStep);
