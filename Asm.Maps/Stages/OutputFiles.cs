using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Running;

namespace Asm.Maps.Stages;

/// <summary>The names of what a stage writes.</summary>
public static class OutputFiles
{
    private const string Names = ".aux.xml";

    /// <summary>A raster of classes and the file beside it that names them.</summary>
    public static IReadOnlyList<string> ClassMap(string path) => [path, path + Names];

    /// <summary>Rasters of classes, each with the file beside it that names them where it is one of the last kind that has it.</summary>
    public static IReadOnlyList<string> ClassMaps(IEnumerable<string> paths) => [.. paths.SelectMany(ClassMap)];

    /// <summary>Refuses outputs that are inputs, have one name, exist, or are folders.</summary>
    /// <exception cref="AsmException">An output is.</exception>
    internal static void Require(IStage stage, bool overwrite)
    {
        // The file of the names belongs to its raster: a leftover of one that is gone may be replaced.
        string[] outputs = [.. stage.Writes.Where(path => !path.EndsWith(Names, StringComparison.Ordinal))];
        HashSet<string> inputs = [.. stage.Reads.Where(path => !RemoteFile.IsUrl(path)).Select(Path.GetFullPath)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in outputs)
        {
            if (path.Length == 0 || Path.GetFileName(path).Length == 0)
                throw new AsmException(path, "is a folder", "the path of a file",
                    "give a name in that folder with `output`", AsmErrorCode.OutputNotWritable);
            string full = Path.GetFullPath(path);
            if (inputs.Contains(full))
                throw new AsmException(path, "is one of the inputs",
                    "an output of another name", "give another name", AsmErrorCode.OutputIsInput);
            if (!seen.Add(full))
                throw new AsmException(path, "is the name of two outputs",
                    "a name for each", "give another name", AsmErrorCode.OutputIsInput);
        }
        foreach (string path in outputs) AsideFile.RequireFree(path, overwrite);
    }
}
