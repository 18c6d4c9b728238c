namespace Asm.Projects.Runs;

/// <summary>What a run will do and what it takes, before it starts.</summary>
/// <param name="Plan">All steps.</param>
/// <param name="ToDo">Names of the steps that are to be done; one whose inputs turn out unchanged may yet be passed over.</param>
/// <param name="Seconds">How long they take, about.</param>
/// <param name="DiskBytes">What they write, about.</param>
/// <param name="FreeBytes">Free space on the disk of the outputs.</param>
/// <param name="NeedBytes">Memory that the largest step needs at least, the program included.</param>
public sealed record ProjectForecast(ProjectPlan Plan, IReadOnlySet<string> ToDo,
    double Seconds, long DiskBytes, long FreeBytes, long NeedBytes);
