using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>Is told how a run goes on; calls may come from several threads at once.</summary>
public interface IRunObserver
{
    /// <summary>The checks are done and the work begins.</summary>
    void Planned(RunForecast forecast);

    /// <summary>A step began.</summary>
    void Started(RunStep work);

    /// <summary>How far a step is.</summary>
    void Progressed(RunStep work, RunProgress progress);

    /// <summary>A step is done.</summary>
    void Finished(RunStep work, StepRecord record);

    /// <summary>A step's outputs are what they would be made again.</summary>
    void UpToDate(RunStep work);

    /// <summary>The user should know something.</summary>
    void Warned(string subject, string text);
}
