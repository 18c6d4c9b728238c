namespace Asm.Inference.Model;

/// <summary>
/// Keys of an ONNX file's <c>metadata_props</c>. The first group is that of the QGIS plugin Deepness, every value JSON; the second,
/// prefixed <c>asm_</c>, is this project's own, JSON as well.
/// </summary>
public static class ModelMetadataKeys
{
    /// <summary>The one value of <see cref="Scale"/>.</summary>
    internal const string ReflectanceScale = "reflectance 0..1";

    /// <summary>Deepness: the kind of model; always "Segmentor" here.</summary>
    public const string ModelType = "model_type";

    /// <summary>Deepness: an object from class position (from 0, as text) to class name.</summary>
    public const string ClassNames = "class_names";

    /// <summary>Deepness: size of a pixel in centimetres; 1000 for 10 m.</summary>
    public const string ResolutionCentimetres = "resolution";

    /// <summary>Deepness: rows and columns of a window.</summary>
    public const string TilesSizePixels = "tiles_size";

    /// <summary>Deepness: overlap of windows in percent.</summary>
    public const string TilesOverlapPercent = "tiles_overlap";

    /// <summary>Deepness: list of one mean a band, subtracted after samples were divided by 255.</summary>
    public const string StandardizationMean = "standardization_mean";

    /// <summary>Deepness: list of one value a band that samples / 255 - mean are divided by.</summary>
    public const string StandardizationDeviation = "standardization_std";

    /// <summary>List of band names in the order of the input's channels.</summary>
    public const string Bands = "asm_bands";

    /// <summary>List of objects {"code", "name", "color"}; codes from 1 in the order of the output's channels, colours "#rrggbb".</summary>
    public const string Classes = "asm_classes";

    /// <summary>What the input's samples are: the text "reflectance 0..1".</summary>
    public const string Scale = "asm_scale";

    /// <summary>Rows and columns of the windows that the model was trained on.</summary>
    public const string WindowPixels = "asm_window_pixels";

    /// <summary>Height and width of the input must be multiples of this.</summary>
    public const string AlignmentPixels = "asm_alignment_pixels";

    /// <summary>List of each band's mean over the training data, in reflectance; subtracted inside the graph.</summary>
    public const string BandMean = "asm_band_mean";

    /// <summary>List of each band's standard deviation over the training data, in reflectance; divided by inside the graph.</summary>
    public const string BandDeviation = "asm_band_std";

    /// <summary>Object {"type", "width", "depth", "bands", "classes", "parameters"}.</summary>
    public const string Architecture = "asm_architecture";

    /// <summary>What the model was trained on, in a few words.</summary>
    public const string TrainedOn = "asm_trained_on";

    /// <summary>
    /// List of the months, 1 to 12, that the training scenes were taken in; optional. Scenes of other months get a warning.
    /// </summary>
    public const string TrainingMonths = "asm_training_months";

    /// <summary>The model's name.</summary>
    public const string Name = "asm_name";

    /// <summary>Version of the program that wrote the file.</summary>
    public const string ToolVersion = "asm_tool_version";

    /// <summary>Licence of the weights, an SPDX identifier.</summary>
    public const string License = "asm_license";

    /// <summary>
    /// Object that says how the model was quantised, from which float32 model, and how far the two agree; only in quantised models.
    /// </summary>
    public const string Quantization = "asm_quantization";
}
