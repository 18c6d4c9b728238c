using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Clouds;

/// <summary>The scene classification (SCL) that Sen2Cor puts into L2A products: one class a pixel of 20 m, 0 to 11.</summary>
public static class SceneClassification
{
    /// <summary>Names of the classes by code, as in the products' metadata.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        "no data", "saturated or defective", "dark feature or terrain shadow",
        "cloud shadow", "vegetation", "not vegetated", "water", "unclassified",
        "cloud medium probability", "cloud high probability", "thin cirrus", "snow or ice",
    ];

    /// <summary>The classes that are taken for cloud where nothing else is said: cloud shadow 3, clouds 8 and 9, cirrus 10.</summary>
    public static IReadOnlyList<int> CloudClasses { get; } = [3, 8, 9, 10];

    /// <summary>
    /// Checks that a classification covers a scene and has pixels of its size, or twice or six times it (20 m and
    /// 60 m for a scene of 10 m).
    /// </summary>
    /// <exception cref="AsmException">It does not, or has more than one band.</exception>
    public static void RequireFits(IRasterSource classification, GeoGrid scene)
    {
        ArgumentNullException.ThrowIfNull(classification);
        ArgumentNullException.ThrowIfNull(scene);
        GeoGrid own = classification.Info.Grid;
        if (classification.Info.Bands.Count != 1)
            throw new AsmException(classification.Name, $"has {classification.Info.Bands.Count} bands",
                "a scene classification of one band, codes 0 to 11", "give the SCL file of the product");
        if (own.Crs is null ? scene.Crs is not null : scene.Crs is null || !own.Crs.IsSameAs(scene.Crs))
            throw new AsmException(classification.Name, $"is in {own.Crs?.ToString() ?? "no CRS"}",
                $"the scene's {scene.Crs?.ToString() ?? "lack of a CRS"}", "give the SCL file of the same product");
        if (!IsMultiple(own.PixelWidth / scene.PixelWidth) || !IsMultiple(own.PixelHeight / scene.PixelHeight))
            throw new AsmException(classification.Name, $"has pixels of {own.PixelWidth:0.###} x {own.PixelHeight:0.###}",
                $"{scene.PixelWidth:0.###} x {scene.PixelHeight:0.###}, or twice or six times it",
                "give the SCL file of the same product, in its own resolution");
        // A thousandth of a pixel is rounding in the files.
        (double left, double top) = own.ToPixel(scene.ToMap(0, 0));
        (double right, double bottom) = own.ToPixel(scene.ToMap(scene.Width, scene.Height));
        if (left < -1e-3 || top < -1e-3 || right > own.Width + 1e-3 || bottom > own.Height + 1e-3)
            throw new AsmException(classification.Name, $"covers {own.Bounds}",
                $"the whole scene, {scene.Bounds}", "give the SCL file of the same product");
    }

    private static bool IsMultiple(double ratio) => Math.Abs(ratio - 1) < 1e-6 || Math.Abs(ratio - 2) < 1e-6 || Math.Abs(ratio - 6) < 1e-6;

    /// <summary>Reads a list of classes such as 3,8,9,10; null where the text is none.</summary>
    public static IReadOnlyList<int>? ParseClasses(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] classes =
        [
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : -1),
        ];
        return classes.Length > 0 && classes.All(c => c >= 0 && c < ClassNames.Count) ? [.. classes.Distinct()] : null;
    }
}
