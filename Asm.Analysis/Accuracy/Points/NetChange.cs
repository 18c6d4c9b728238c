using Asm.Analysis.Accuracy.Estimation;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>What a class won less what it lost between the two dates of a change map.</summary>
/// <param name="Class">The class, such as "mines".</param>
/// <param name="MappedHectares">The net change as mapped.</param>
/// <param name="Hectares">The net change that the sample estimates; null where it is not estimable.</param>
public sealed record NetChange(string Class, double MappedHectares, Estimate? Hectares);
