using System.Globalization;
using Asm.Raster;

namespace Asm.Inference.Preparation;

/// <summary>Tells what was taken for no data though nothing declares it.</summary>
internal static class NoDataNotice
{
    /// <summary>Tells it where there is something to tell.</summary>
    /// <param name="name">What the message calls the stack.</param>
    /// <param name="zeros">Pixels that are 0 in every band.</param>
    /// <param name="impossible">Pixels whose reflectance cannot be.</param>
    /// <param name="run">Is told.</param>
    public static void Tell(string name, long zeros, long impossible, RunOptions run)
    {
        if (zeros > 0)
            run.Notice?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {zeros:N0} pixels are 0 in every band and were taken for no data, which the file does not declare"));
        if (impossible > 0)
            run.Notice?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {impossible:N0} pixels have a reflectance below {BandLimits.Darkest} or far above 1 and were taken for no data"));
    }
}
