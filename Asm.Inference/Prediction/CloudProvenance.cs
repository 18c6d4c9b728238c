namespace Asm.Inference.Prediction;

/// <summary>What the provenance says of a scene classification.</summary>
internal static class CloudProvenance
{
    /// <summary>Adds the classes that were removed, where a classification was given.</summary>
    public static Dictionary<string, string> Describe(PredictionOptions options, Dictionary<string, string> described)
    {
        if (options.SceneClassification is null) return described;
        described["scl"] = Path.GetFileName(options.SceneClassification.Name);
        described["scl-classes"] = string.Join(',', options.SceneClasses);
        return described;
    }
}
