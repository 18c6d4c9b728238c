using Asm.Analysis.Accuracy.Estimation;
using Asm.Maps.Tables;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Estimates and half of their 95 % intervals as text.</summary>
internal static class EstimateText
{
    private const string NotEstimable = "not estimable";

    /// <summary>A share and half of its 95 % interval.</summary>
    public static string Share(Estimate? estimate) => estimate is null
        ? NotEstimable
        : $"{TextTable.Share(estimate.Value)} +- {(estimate.HalfWidth is { } half ? TextTable.Share(half) : "?")}";

    /// <summary>Hectares and half of their 95 % interval.</summary>
    public static string Hectares(Estimate? estimate) => estimate is null
        ? NotEstimable
        : $"{TextTable.Hectares(estimate.Value)} +- {(estimate.HalfWidth is { } half ? TextTable.Hectares(half) : "?")}";
}
