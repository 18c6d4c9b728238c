using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Training.Evaluation;

/// <summary>The folder of an evaluation, written aside: it gets its name when all is there.</summary>
internal sealed class EvaluationFolder : IDisposable
{
    /// <summary>All figures.</summary>
    public const string Json = "evaluation.json";

    private static readonly string[] OwnNames = [Json, "evaluation.csv", "evaluation.md", "pictures"];

    private readonly string _folder;
    private readonly string _aside;
    private readonly bool _overwrite;

    /// <summary>Makes the folder aside.</summary>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be made.</exception>
    public EvaluationFolder(string folder, bool overwrite)
    {
        (_folder, _overwrite) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), overwrite);
        RequireFree(folder, overwrite);
        _aside = AsideFile.NameBeside(_folder, "partial");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
            AsideFile.NewFolder(_aside);
            Directory.CreateDirectory(Work);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{folder}: the folder cannot be made: {e.Message}"
                + "\n  expected: a place where you may write\n  fix: give another folder with -o", e);
        }
    }

    /// <summary>Refuses a name that is taken, unless by an evaluation that may be replaced.</summary>
    /// <exception cref="AsmException">It is taken.</exception>
    public static void RequireFree(string folder, bool overwrite)
    {
        bool taken = File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());
        bool replaceable = taken && File.Exists(Path.Combine(folder, Json))
            && Directory.EnumerateFileSystemEntries(folder).All(e => OwnNames.Contains(Path.GetFileName(e)));
        if (taken && !(overwrite && replaceable))
            throw new AsmException(folder, replaceable ? "it is there" : "it is there and is not an evaluation alone", "a new folder",
                replaceable ? "give another name, or --overwrite to replace an evaluation" : "give another name");
    }

    /// <summary>Where files lie that are needed only while the evaluation runs.</summary>
    public string Work => Path.Combine(_aside, "work");

    /// <summary>The path, for now, of a file of the evaluation.</summary>
    public string Place(string name)
    {
        string path = Path.Combine(_aside, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Gives the folder its name.</summary>
    public void Complete()
    {
        Directory.Delete(Work, recursive: true);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: _overwrite);
        AsideFile.GiveName(_aside, _folder, overwrite: false);
    }

    /// <summary>Discards what was written, unless it is complete.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_aside)) Directory.Delete(_aside, recursive: true);
        Leftovers.Remove(_aside);
    }
}
