using System.Globalization;
using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>
/// What a network may take for a small window: far more than the deepest that people use, and little enough that no file stops a machine.
/// What the windows of a scene take is held against the memory limit of the run.
/// </summary>
internal static class ModelLimits
{
    // A U-Net of 64 filters takes 0.8 million and 1.5 kB.
    private const double MostWorkPerPixel = 10e6, MostBytesPerPixel = 16 << 10;

    // Weights are copied, turned, taken for floats.
    private const double MostBytesPerFileByte = 4;

    /// <summary>Refuses what is beyond.</summary>
    public static void Require(WindowNeed need, int side, OnnxFile file)
    {
        double pixels = (double)side * side;
        if (need.PeakBytes > MostBytesPerPixel * pixels + MostBytesPerFileByte * file.Bytes)
            throw Refuse(file.Path, string.Create(CultureInfo.InvariantCulture,
                    $"its graph takes {Told(need.PeakBytes / 1e6)} MB for a window of {side} x {side} px, "
                    + $"the most of it node {need.Largest}"),
                string.Create(CultureInfo.InvariantCulture, $"at most {MostBytesPerPixel / 1024:0} kB a pixel"));
        if (need.Work > MostWorkPerPixel * pixels + MostBytesPerFileByte * file.Bytes)
            throw Refuse(file.Path, string.Create(CultureInfo.InvariantCulture,
                    $"its graph takes {Told(need.Work / 1e9)} billion multiplications for a window of {side} x {side} px, "
                    + $"the most of them node {need.Slowest}"),
                string.Create(CultureInfo.InvariantCulture, $"at most {MostWorkPerPixel / 1e6:0} million a pixel"));
    }

    private static string Told(double number) =>
        number < 1e9 ? number.ToString("N0", CultureInfo.InvariantCulture) : "more than 1,000,000,000";

    private static AsmException Refuse(string path, string found, string expected) =>
        new(path, found, expected, "use a smaller network", AsmErrorCode.Model);
}
