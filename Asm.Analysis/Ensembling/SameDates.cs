using Asm.Maps.Stages;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>Finds maps that show the same acquisition: they count twice, and agree with themselves.</summary>
internal static class SameDates
{
    /// <summary>A sentence for each pair.</summary>
    /// <param name="maps">The probability maps.</param>
    /// <param name="files">What identifies them, in their order.</param>
    public static IEnumerable<string> Find(IReadOnlyList<IRasterSource> maps, IReadOnlyList<InputFile> files)
    {
        Acquisition?[] taken = [.. maps.Select(map => Acquisition.Of(map.Info.Metadata, Path.GetFileName(map.Name)))];
        string?[] made = [.. maps.Select(map => Provenance.InputsOf(map.Info.Metadata) is { Count: > 0 } inputs
            && inputs.All(input => input.Sha256 is not null)
            ? string.Join(' ', inputs.Select(input => input.Sha256).Order(StringComparer.Ordinal))
            : null)];
        MiddlePixels?[] pixels = [.. maps.Select(MiddlePixels.Of)];
        for (int i = 0; i < maps.Count; i++)
            for (int k = i + 1; k < maps.Count; k++)
                if (Reason(i, k) is { } reason)
                    yield return $"{maps[i].Name} and {maps[k].Name} {reason}: "
                        + "the date counts twice, and agrees with itself; leave one out";

        string? Reason(int i, int k) =>
            i < files.Count && k < files.Count && files[i].Sha256 is { } hash && hash == files[k].Sha256 ? "are the same bytes"
            : made[i] is { } inputs && inputs == made[k] ? "were made of the same files"
            : taken[i] is { } one && taken[k] is { } other && one.IsSameAs(other) ? $"are of one acquisition ({one})"
            : pixels[i] is { } middle && pixels[k] is { } same && middle.IsSameAs(same) ? "have the same pixels"
            : null;
    }
}
