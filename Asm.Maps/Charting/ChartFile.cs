using System.Text;
using System.Text.RegularExpressions;
using Asm.Raster;
using Asm.Raster.Running;
using ScottPlot;
using SkiaSharp;

namespace Asm.Maps.Charting;

/// <summary>Writes a chart as a picture.</summary>
internal static partial class ChartFile
{
    private const int TitleSize = 20;

    private static readonly string[] PreferredFonts = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Segoe UI", "Arial", "Helvetica"];

    /// <summary>Writes a chart.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plot">The chart.</param>
    /// <param name="words">The words on it that are the user's.</param>
    /// <param name="title">Its heading where the options have none.</param>
    /// <param name="heightPixels">Its height where the options have none.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    public static void Write(string path, Plot plot, IEnumerable<string> words, string title, int heightPixels, ChartOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        options.Validate();
        bool isVector = IsVector(path);
        title = options.Title ?? title;
        plot.Title(title, TitleSize);
        SetFont(path, [plot], [title, .. words]);
        int height = options.HeightPixels ?? heightPixels;
        byte[] picture = isVector
            ? Encoding.UTF8.GetBytes(Tidy(plot.GetSvgXml(options.WidthPixels, height), Path.GetFileNameWithoutExtension(path)))
            : plot.GetImageBytes(options.WidthPixels, height, ImageFormat.Png);
        AsideFile.Write(path, options.Overwrite, stream => stream.Write(picture));
    }

    /// <summary>Writes several charts as one PNG picture.</summary>
    /// <param name="path">The file, .png.</param>
    /// <param name="plots">The charts.</param>
    /// <param name="words">The words on them that are the user's.</param>
    /// <param name="widthPixels">The picture's width.</param>
    /// <param name="heightPixels">The picture's height.</param>
    /// <param name="overwrite">Replace a file that exists.</param>
    public static void Write(string path, Multiplot plots, IEnumerable<string> words, int widthPixels, int heightPixels, bool overwrite)
    {
        if (!Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new AsmException(path, $"the ending '{Path.GetExtension(path)}' is not that of a picture",
                "a name that ends with .png", "give the file such a name");
        SetFont(path, plots.GetPlots(), words);
        byte[] picture = plots.Render(widthPixels, heightPixels).GetImageBytes();
        AsideFile.Write(path, overwrite, stream => stream.Write(picture));
    }

    /// <summary>True for SVG, false for PNG.</summary>
    /// <exception cref="AsmException">The ending is another, or the system has no fonts.</exception>
    public static bool IsVector(string path)
    {
        RequireFonts(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => false,
            ".svg" => true,
            string other => throw new AsmException(path, $"the ending '{other}' is not one of a chart",
                "a name that ends with .png or .svg", "give the file such a name"),
        };
    }

    private static void RequireFonts(string path)
    {
        // Without fonts the chart would be written with bars and no word on it.
        if (SKFontManager.Default.FontFamilyCount == 0)
            throw new AsmException(path, "the system has no fonts, so the chart would have no text",
                "one font at least", "install one, for example the package fonts-dejavu-core", AsmErrorCode.Machine);
    }

    private static void SetFont(string path, IEnumerable<Plot> plots, IEnumerable<string> words)
    {
        RequireFonts(path);
        string font = FontFor(string.Concat(words));
        foreach (Plot plot in plots)
        {
            plot.Font.Set(font);
            plot.Legend.FontName = font;
            foreach (ScottPlot.Plottables.BarPlot bars in plot.GetPlottables<ScottPlot.Plottables.BarPlot>())
                bars.ValueLabelStyle.FontName = font;
        }
    }

    /// <summary>
    /// A plain font that has all letters of a text; where none of the usual ones has, the one that the library finds for the script.
    /// </summary>
    private static string FontFor(string text)
    {
        foreach (string family in PreferredFonts)
        {
            using SKTypeface? face = SKFontManager.Default.MatchFamily(family);
            if (face is not null && face.FamilyName == family && face.ContainsGlyphs(text)) return family;
        }
        return Fonts.Detect(text);
    }

    /// <summary>
    /// Skia numbers clip paths through the whole process: pictures would differ from run to run, and ids clash where a page holds several
    /// from different runs. It also ends lists of positions with a comma, which SVG does not allow.
    /// </summary>
    private static string Tidy(string svg, string name)
    {
        string prefix = NoLetter().Replace(name, "-");
        var ids = new Dictionary<string, string>();
        svg = ClipId().Replace(svg, match =>
        {
            if (!ids.TryGetValue(match.Value, out string? id)) ids[match.Value] = id = $"{prefix}-clip{ids.Count}";
            return id;
        });
        return svg.Replace(", \"", "\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<=id=\"|url\\(#)cl_[0-9a-f]+")]
    private static partial Regex ClipId();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NoLetter();
}
