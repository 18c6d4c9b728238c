using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;

namespace Asm.Maps.Stages;

/// <summary>
/// The files that one stage writes: all of them appear, or none. Disposing it before they are complete removes what it made, also files
/// that appeared already, because others of the same command failed after them. What replaced a file stays: the old one is gone.
/// </summary>
public sealed class OutputSet : IDisposable
{
    private readonly IReadOnlyList<string> _writes;
    private readonly bool _overwrite;
    private readonly RunOptions _run;
    private readonly List<HeldSink> _rasters = [];
    private readonly List<(AsideFile File, string Path)> _files = [];
    private readonly List<string> _appeared = [];
    private readonly List<string> _madeFolders = [];
    private bool _complete;

    /// <summary>Starts a set.</summary>
    /// <param name="writes">All that the stage writes: before the first of it is begun, their folders must be there.</param>
    /// <param name="overwrite">True replaces files that exist.</param>
    /// <param name="run">Threads and cancellation.</param>
    public OutputSet(IReadOnlyList<string> writes, bool overwrite, RunOptions run) =>
        (_writes, _overwrite, _run) = (writes, overwrite, run);

    /// <summary>Makes a folder where it is missing; it goes again where the command fails and it is empty.</summary>
    /// <exception cref="AsmException">The folder cannot be made.</exception>
    public void MakeFolder(string? directory)
    {
        if (string.IsNullOrEmpty(directory) || Directory.Exists(directory)) return;
        try
        {
            var missing = new List<string>();
            string? folder = Path.GetFullPath(directory);
            for (; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)) missing.Add(folder);
            _madeFolders.InsertRange(0, Leftovers.Add(missing, () =>
            {
                Directory.CreateDirectory(directory);
                return missing;
            }));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException(
                $"{directory}: the folder cannot be made: {e.Message}"
                + "\n  expected: a place where you may write\n  fix: give another folder with `output`",
                e, AsmErrorCode.OutputNotWritable);
        }
    }

    /// <summary>Starts a raster. Whoever fills it may complete it, which does nothing: it appears with the others.</summary>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be written.</exception>
    public IRasterSink Raster(string path, RasterInfo info, OverviewMode overviews)
    {
        RequireFolders();
        _rasters.Add(new(_run.Create(path, info, new() { Overviews = overviews, Overwrite = _overwrite }), path));
        return _rasters[^1];
    }

    /// <summary>
    /// Starts another file; what is written to it with <see cref="AsideFile.Write(Action{Stream})"/> appears with the rasters.
    /// </summary>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be written.</exception>
    public AsideFile File(string path)
    {
        RequireFolders();
        _files.Add((AsideFile.Create(path, _overwrite), path));
        return _files[^1].File;
    }

    /// <summary>Makes the files so far visible, so that pictures can be drawn of them. Where a later one fails they go again.</summary>
    public void Appear()
    {
        _run.Inputs?.RequireUnchanged();
        foreach ((AsideFile file, _) in _files) file.Flush();
        foreach (HeldSink raster in _rasters) ((IStagedSink)raster.Sink).Stage();
        foreach (HeldSink raster in _rasters)
            Show(raster.Info.ClassNames.Count > 0 ? OutputFiles.ClassMap(raster.Path) : [raster.Path], raster.Sink.Complete);
        foreach ((AsideFile file, string path) in _files) Show([path], file.Complete);
        _rasters.Clear();
        _files.Clear();
    }

    /// <summary>Writes a file by a writer of its own, which puts it aside itself: a vector file, a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it.</param>
    public void Write(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        // A Shapefile is several files.
        Write(VectorFile.FilesOf(path), () => write(path));
    }

    /// <summary>Writes files by a writer of their own, which puts them aside itself.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="write">Writes them.</param>
    internal void Write(IReadOnlyList<string> paths, Action write)
    {
        RequireFolders();
        Show(paths, write);
    }

    /// <summary>Makes all files visible: they stay.</summary>
    public void Complete()
    {
        Appear();
        _complete = true;
        Leftovers.Remove([.. _appeared, .. _madeFolders]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (HeldSink raster in _rasters) raster.Sink.Dispose();
        foreach ((AsideFile file, _) in _files) file.Dispose();
        if (_complete) return;
        foreach (string path in _appeared) System.IO.File.Delete(path);
        foreach (string folder in _madeFolders)
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        Leftovers.Remove([.. _appeared, .. _madeFolders]);
    }

    /// <summary>Lets files appear; those that were not there before are this set's to remove.</summary>
    private void Show(IReadOnlyList<string> paths, Action appear)
    {
        string[] fresh = [.. paths.Select(Path.GetFullPath).Where(path => !System.IO.File.Exists(path))];
        _run.Inputs?.RequireUnchanged();
        // Some of them may appear before another one fails.
        _appeared.AddRange(Leftovers.Add(fresh, () => fresh));
        appear();
    }

    /// <summary>A picture that has no folder must not be found out when all the work is done.</summary>
    private void RequireFolders()
    {
        foreach (string path in _writes)
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
                throw AsideFile.Explain(path, new DirectoryNotFoundException("the folder does not exist"));
    }

    /// <summary>A sink that a run cannot complete: the set does, together with the others.</summary>
    private sealed class HeldSink(IRasterSink sink, string path) : IRasterSink
    {
        public IRasterSink Sink => sink;

        public string Path => path;

        public RasterInfo Info => sink.Info;

        public long BufferBytes => sink.BufferBytes;

        public void WriteRows<T>(int height, ReadOnlySpan<T> samples) where T : unmanaged, System.Numerics.INumber<T> =>
            sink.WriteRows(height, samples);

        public void Complete() { }

        public void Dispose() => sink.Dispose();
    }
}
