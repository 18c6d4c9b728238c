using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>A file as a run saw it last.</summary>
/// <param name="Path">Relative to the run's folder, or absolute for files from outside.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">
/// When it was written, in ticks of universal time: a file with the size and the time that are known is not read again.
/// </param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Changed">
/// When the system saw it change, in ticks, which no program can set as it can set <paramref name="Modified"/>; 0 where it does not tell.
/// </param>
public sealed record FileRecord(string Path, long Bytes, long Modified, string Sha256, long Changed = 0)
{
    /// <summary>True where a file is surely the one of this record, without a look at its bytes.</summary>
    internal bool IsSurely(FileStatus status) =>
        status.Kind == FileKind.File && status.Bytes == Bytes && status.Modified == Modified && status.Changed == Changed;
}
