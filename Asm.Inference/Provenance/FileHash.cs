using System.Security.Cryptography;
using Asm.Raster;

namespace Asm.Inference;

/// <summary>Identifies files by their bytes.</summary>
public static class FileHash
{
    /// <summary>Name and SHA-256 of files, in their order; read in parallel.</summary>
    /// <exception cref="AsmException">A file cannot be read.</exception>
    public static IReadOnlyList<InputFile> Identify(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new InputFile[paths.Count];
        try
        {
            Parallel.For(0, paths.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
                i => files[i] = Identify(paths[i]));
        }
        catch (AggregateException errors) when (errors.InnerExceptions.OfType<AsmException>().FirstOrDefault() is { } error)
        {
            throw error;
        }
        return files;
    }

    private static InputFile Identify(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            return new(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
