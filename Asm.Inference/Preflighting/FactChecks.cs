using System.Globalization;
using System.Text.Json;
using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Raster;

namespace Asm.Inference.Preflighting;

/// <summary>What the metadata alone give away.</summary>
internal static class FactChecks
{
    /// <summary>The level of products before atmospheric correction.</summary>
    public const string TopOfAtmosphere = "L1C";

    public static IEnumerable<PreflightFinding> Run(SceneFacts facts, ModelDescription model)
    {
        if (!model.Metadata.ContainsKey(ModelMetadataKeys.Scale))
            yield return new(PreflightSeverity.Warning, PreflightCheck.Scale,
                $"{model.Name} does not state the scale that its network takes ({ModelMetadataKeys.Scale}); it is given reflectance 0..1",
                $"the metadata {ModelMetadataKeys.Scale}: \"{ModelMetadataKeys.ReflectanceScale}\"",
                $"if that is its scale, write \"{ModelMetadataKeys.ReflectanceScale}\" into the metadata {ModelMetadataKeys.Scale}; "
                + "else begin the graph with a node that makes its scale of reflectance (a Mul by 10000 for reflectance x 10,000)");
        if (facts.Level == TopOfAtmosphere)
            yield return new(PreflightSeverity.Warning, PreflightCheck.Level,
                "the metadata say that this is L1C, reflectance at the top of the atmosphere",
                $"L2A, surface reflectance, which {model.Name} takes", LevelCheck.Fix);
        if (facts.SensingTime is { } time && Months(model) is { Length: > 0 } months && !months.Contains(time.Month))
            yield return new(PreflightSeverity.Warning, PreflightCheck.Season, $"the scene was taken in {Name(time.Month)}",
                $"a month that {model.Name} was trained on: {string.Join(", ", months.Select(Name))}",
                "take a scene of these months, or check the map with care");
    }

    private static string Name(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static int[] Months(ModelDescription model)
    {
        if (!model.Metadata.TryGetValue(ModelMetadataKeys.TrainingMonths, out string? text)) return [];
        try
        {
            int[] months = JsonSerializer.Deserialize<int[]>(text) ?? [];
            if (months.All(m => m is >= 1 and <= 12)) return months;
        }
        catch (JsonException) { }
        throw new AsmException(model.Name, $"its metadata {ModelMetadataKeys.TrainingMonths} is '{OnnxText.Quote(text)}'",
            "a JSON list of months 1 to 12", "export the model again, or correct its metadata");
    }
}
