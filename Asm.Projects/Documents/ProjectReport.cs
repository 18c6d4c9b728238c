using Asm.Raster.Windows;

namespace Asm.Projects.Documents;

/// <summary>What the report of a project looks like. Nothing of it touches the maps.</summary>
public sealed record ProjectReport
{
    /// <summary>Colours of classes in place of the model's, by the names of the classes.</summary>
    public IReadOnlyDictionary<string, Rgb> Colours { get; init; } = new Dictionary<string, Rgb>();

    /// <summary>The longest side of the map's pictures in pixels.</summary>
    public int PicturePixels { get; init; } = 2400;
}
