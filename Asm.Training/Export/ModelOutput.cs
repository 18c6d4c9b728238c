using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Training.Export;

/// <summary>The two files of a model: ONNX, and the STAC item of the same name that ends in .json.</summary>
internal static class ModelOutput
{
    /// <summary>Refuses a path before the work, so that nobody waits for an error.</summary>
    /// <exception cref="AsmException">The two files would be one, or one of them is there and may not be replaced.</exception>
    public static void RequireFree(string path, bool overwrite)
    {
        string item = Path.ChangeExtension(path, ".json");
        if (string.Equals(item, path, StringComparison.OrdinalIgnoreCase))
            throw new AsmException(path, "is the name of the STAC item, which is written beside the model",
                "a model's file, which ends in .onnx", $"give {Path.ChangeExtension(path, ".onnx")}");
        foreach (string file in (string[])[path, item])
        {
            if (File.Exists(file) && !overwrite)
                throw new AsmException(file, "is there already", "a new file", "give another name, or --overwrite");
            AsideFile.RequireFree(file, overwrite);
        }
    }

    /// <summary>The model's name: the one given, else the file's.</summary>
    /// <exception cref="AsmException">A STAC item cannot hold it.</exception>
    public static string Name(string path, string? given)
    {
        if (given is not null) return ExportOptions.RequireName(given, "--name", "give another name");
        return ExportOptions.RequireName(Path.GetFileNameWithoutExtension(path), path,
            "give the model a name of its own with --name, or the file another one");
    }
}
