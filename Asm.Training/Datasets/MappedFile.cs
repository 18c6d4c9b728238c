using System.IO.MemoryMappedFiles;
using Asm.Raster;

namespace Asm.Training.Datasets;

/// <summary>A whole file as memory, read by the system as it is touched. Safe for concurrent calls.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <summary>Opens a file that must have a certain length.</summary>
    /// <exception cref="AsmException">It is missing or has another length.</exception>
    public MappedFile(string path, long expectedBytes)
    {
        long found = File.Exists(path) ? new FileInfo(path).Length : -1;
        if (found != expectedBytes || found == 0)
            throw new AsmException(path, found < 0 ? "it is not there" : $"it has {found} bytes",
                $"{expectedBytes} bytes, as {DatasetFiles.Manifest} says", "make the data set again with asm-train dataset");
        try
        {
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read ({e.Message})"
                + "\n  expected: a file that can be mapped into memory\n  fix: check the path and your leave to read it", e);
        }

        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Some of the file as values of a type.</summary>
    /// <param name="first">Position of the first value, in values.</param>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<T> Span<T>(long first, int count) where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((first + count) * sizeof(T), _view.Capacity, nameof(first));
        return new ReadOnlySpan<T>(_start + first * sizeof(T), count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
