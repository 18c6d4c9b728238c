using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Maps.Stages;

/// <summary>The files that one stage writes: all of them appear, or none. Disposing it before they are complete removes every trace.</summary>
internal sealed class OutputSet : IDisposable
{
    private readonly string _directory;
    private readonly bool _made;
    private readonly bool _overwrite;
    private readonly RunOptions _run;
    private readonly HashSet<string> _inputs;
    private readonly List<CogSink> _rasters = [];
    private readonly List<AsideFile> _files = [];

    /// <summary>Makes the folder where it is missing.</summary>
    /// <param name="directory">The folder of all files.</param>
    /// <param name="inputs">Files that must not be written over.</param>
    /// <param name="overwrite">True replaces files that exist.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <exception cref="AsmException">The folder cannot be made.</exception>
    public OutputSet(string directory, IEnumerable<string> inputs, bool overwrite, RunOptions run)
    {
        (_directory, _overwrite, _run) = (directory.Length == 0 ? "." : directory, overwrite, run);
        _inputs = [.. inputs.Select(Path.GetFullPath)];
        _made = !Directory.Exists(_directory);
        try
        {
            Directory.CreateDirectory(_directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{_directory}: the folder cannot be made: {e.Message}\n  expected: a place where you may write\n  fix: give another folder with -o", e);
        }
    }

    /// <summary>Starts a raster.</summary>
    public IRasterSink Raster(string name, RasterInfo info, OverviewMode overviews)
    {
        string path = PathOf(name);
        _rasters.Add(CogSink.Create(path, info, new CogOptions { Overviews = overviews, Overwrite = _overwrite }, _run));
        return _rasters[^1];
    }

    /// <summary>Starts another file; what is written to it appears with the rasters.</summary>
    public Stream File(string name)
    {
        string path = PathOf(name);
        _files.Add(AsideFile.Create(path, _overwrite));
        return _files[^1].Stream;
    }

    /// <summary>Makes all files visible; rasters that a run has completed already are so.</summary>
    public void Complete()
    {
        foreach (AsideFile file in _files) file.Flush();
        RasterSinks.CompleteAll(_rasters);
        foreach (AsideFile file in _files) file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CogSink sink in _rasters) sink.Dispose();
        foreach (AsideFile file in _files) file.Dispose();
        if (_made && Directory.Exists(_directory) && !Directory.EnumerateFileSystemEntries(_directory).Any()) Directory.Delete(_directory);
    }

    private string PathOf(string name)
    {
        string path = Path.Combine(_directory, name);
        return _inputs.Contains(Path.GetFullPath(path)) ? throw new AsmException(path, "is one of the inputs", "an output of another name", "give another name with -o") : path;
    }
}
