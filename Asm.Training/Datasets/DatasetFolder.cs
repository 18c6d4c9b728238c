using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Training.Datasets;

/// <summary>
/// A data set's folder while it is written: everything goes into a folder aside, which gets the name in the end. There is
/// a whole data set or none.
/// </summary>
internal sealed class DatasetFolder : IDisposable
{
    private static readonly string[] OwnNames =
        [DatasetFiles.Manifest, DatasetFiles.Samples, DatasetFiles.Labels, DatasetFiles.Splits,
            DatasetFiles.Patches, DatasetFiles.Preview, DatasetFiles.LabelRasters];

    /// <summary>Starts.</summary>
    /// <param name="path">The folder; must not be there, or be empty, unless <paramref name="overwrite"/>.</param>
    /// <param name="overwrite">True replaces an earlier data set, and nothing else.</param>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be made.</exception>
    public DatasetFolder(string path, bool overwrite)
    {
        Name = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        Aside = AsideFile.NameBeside(Name, "partial");
        if (File.Exists(Name)) throw new AsmException(path, "it is a file", "a new folder", "give another name");
        if (Directory.Exists(Name) && Directory.EnumerateFileSystemEntries(Name).Any())
        {
            if (!File.Exists(Path.Combine(Name, DatasetFiles.Manifest)) || Foreign(Name) is not null)
                throw new AsmException(path,
                    Foreign(Name) is { } other ? $"it holds {other}, which is no part of a data set" : "it is no data set",
                    "a new folder, or a data set, and nothing else, to replace", "give another name, or move the file away");
            if (!overwrite)
                throw new AsmException(path, "it is there", "a new folder", "give another name, or --overwrite to replace a data set");
        }

        Try(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Name)!);
            AsideFile.NewFolder(Aside);
        });
    }

    /// <summary>The path that the data set gets.</summary>
    public string Name { get; }

    /// <summary>The path that everything is written to.</summary>
    public string Aside { get; }

    /// <summary>Gives the folder its name. What was there goes only when the new one is in its place.</summary>
    /// <exception cref="AsmException">The system refused.</exception>
    public void Complete() => Try(() =>
    {
        string old = AsideFile.NameBeside(Name, "partial");
        if (Directory.Exists(Name)) Directory.Move(Name, old);
        AsideFile.GiveName(Aside, Name, overwrite: false);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
    });

    /// <summary>Runs an action on files; what the system refuses becomes an error that names the data set.</summary>
    public void Try(Action action)
    {
        try { action(); }
        catch (Exception e) when (IsRefusal(e)) { throw Explain(e); }
    }

    /// <summary>
    /// True where the system refused to write. A file larger than its file system allows is one of these, though .NET calls it an argument.
    /// </summary>
    public static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>The error for a person when the data set could not be written.</summary>
    public AsmException Explain(Exception cause, string more = "") => new(
        $"{Name}: cannot be written: {cause.Message.TrimEnd('.')}{more}"
        + "\n  expected: a folder that may be written, on a disk with enough free space\n  fix: free space there, or give another folder",
        cause);

    /// <summary>Discards what was written, unless it is complete.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Aside)) Directory.Delete(Aside, recursive: true);
        Leftovers.Remove(Aside);
    }

    private static string? Foreign(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).FirstOrDefault(n => !OwnNames.Contains(n));
}
