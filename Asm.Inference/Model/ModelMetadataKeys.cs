namespace Asm.Inference.Model;

/// <summary>Keys of the metadata that this project writes into an ONNX file beside those of Deepness; every value is JSON. See docs/model-format.md.</summary>
public static class ModelMetadataKeys
{
    /// <summary>Names of the input bands in order: ["B02", ...].</summary>
    public const string Bands = "asm_bands";

    /// <summary>Classes in order of the output's channels: [{"code": 1, "name": "mines", "color": "#d55e00"}, ...].</summary>
    public const string Classes = "asm_classes";

    /// <summary>What the input's values are: "reflectance 0..1".</summary>
    public const string Scale = "asm_scale";

    /// <summary>Side of the training windows in pixels.</summary>
    public const string WindowPixels = "asm_window_pixels";

    /// <summary>Mean reflectance of each band over the training data.</summary>
    public const string BandMean = "asm_band_mean";

    /// <summary>Standard deviation of the reflectance of each band over the training data.</summary>
    public const string BandStd = "asm_band_std";

    /// <summary>Width, depth, bands and classes of the network.</summary>
    public const string Architecture = "asm_architecture";

    /// <summary>What the model was trained on, in words.</summary>
    public const string TrainedOn = "asm_trained_on";

    /// <summary>Version of the program that wrote the file.</summary>
    public const string ToolVersion = "asm_tool_version";

    /// <summary>SPDX identifier of the weights' licence.</summary>
    public const string License = "asm_license";
}
