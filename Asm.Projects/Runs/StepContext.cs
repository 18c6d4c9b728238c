using Asm.Inference.Model;
using Asm.Maps.Stages;
using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>What a step at work is given.</summary>
/// <param name="Run">Threads, memory, progress and cancellation.</param>
/// <param name="Model">The network; loaded when first asked for.</param>
/// <param name="State">What the run knows of files and finished steps.</param>
/// <param name="Warn">Tells the user and the report something.</param>
internal sealed record StepContext(RunOptions Run, Lazy<SegmentationModel> Model, ProjectState State, Action<string, string> Warn)
{
    /// <summary>Name and SHA-256 of a file that the run has read.</summary>
    public InputFile Identify(string path) => new(Path.GetFileName(path), State.HashOf(path, Run.Cancellation).Sha256);
}
