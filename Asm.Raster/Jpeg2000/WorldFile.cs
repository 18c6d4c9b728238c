using System.Globalization;
using Asm.Raster.Grids;

namespace Asm.Raster.Jpeg2000;

/// <summary>A world file: six lines of text beside a raster that tell its place, but not its CRS.</summary>
internal static class WorldFile
{
    private const int MaxBytes = 4096;

    /// <summary>The grid that the world file beside a raster gives; null where there is none, or none that can be used.</summary>
    public static GeoGrid? Read(string rasterPath, int width, int height)
    {
        foreach (string extension in new[] { ".j2w", ".jp2w", ".wld" })
        {
            var file = new FileInfo(Path.ChangeExtension(rasterPath, extension));
            if (!file.Exists || file.Length > MaxBytes) continue;
            InputPath.Require(file.FullName);
            string[] lines = File.ReadAllText(file.FullName).Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            double[] values = [.. lines.Select(line =>
                double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
            // Pixel width, two rotations, negative pixel height, centre of the first pixel.
            if (values is not [> 0, 0, 0, < 0, var x, var y] || values.Any(value => !double.IsFinite(value))) continue;
            return new(width, height, new(x - values[0] / 2, y - values[3] / 2), values[0], -values[3], null);
        }
        return null;
    }
}
