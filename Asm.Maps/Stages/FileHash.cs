using System.Security.Cryptography;
using Asm.Raster;
using Asm.Raster.Bytes;

namespace Asm.Maps.Stages;

/// <summary>Identifies files by their bytes.</summary>
public static class FileHash
{
    /// <summary>
    /// Name and SHA-256 of files, in their order; read in parallel. Files on a server are not read whole: the server
    /// says what state they are in.
    /// </summary>
    /// <param name="paths">Files, or URLs.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <exception cref="AsmException">A file cannot be read, or a server fails.</exception>
    public static IReadOnlyList<InputFile> Identify(IReadOnlyList<string> paths, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(run);
        var files = new InputFile[paths.Count];
        try
        {
            Parallel.For(0, paths.Count, new ParallelOptions { CancellationToken = run.Cancellation, MaxDegreeOfParallelism = run.Threads },
                i => files[i] = RemoteFile.IsUrl(paths[i])
                    ? new(RemoteFile.Shown(paths[i]), null, RemoteFile.Version(paths[i], run))
                    : new(Path.GetFileName(paths[i]), Sha256(paths[i], run.Cancellation)));
        }
        catch (AggregateException errors) when (errors.InnerExceptions.OfType<AsmException>().FirstOrDefault() is { } error)
        {
            throw error;
        }
        return files;
    }

    /// <summary>SHA-256 of a file on disk.</summary>
    /// <exception cref="AsmException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The hashing was cancelled.</exception>
    internal static string Sha256(string path, CancellationToken cancellation = default)
    {
        InputPath.Require(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] bytes = new byte[1 << 20];
            for (int read; (read = stream.Read(bytes)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(bytes, 0, read);
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}", e, AsmErrorCode.InputMissing);
        }
    }
}
