using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>Is told how a run goes on; calls may come from several threads at once.</summary>
public interface IProjectObserver
{
    /// <summary>The checks are done and the work begins.</summary>
    void Planned(ProjectForecast forecast);

    /// <summary>A step began.</summary>
    void Started(ProjectStep work);

    /// <summary>How far a step is.</summary>
    void Progressed(ProjectStep work, RunProgress progress);

    /// <summary>A step is done.</summary>
    void Finished(ProjectStep work, StepRecord record);

    /// <summary>A step's outputs are what they would be made again.</summary>
    void UpToDate(ProjectStep work);

    /// <summary>The user should know something.</summary>
    void Warned(string subject, string text);
}
