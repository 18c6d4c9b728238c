using Asm.Raster;

namespace Asm.Training.Fitting;

/// <summary>Files of a run that are renewed while it goes on.</summary>
internal static class RunFile
{
    /// <summary>
    /// Writes a file aside, waits until the disk has it, and renames it: at every moment the file is whole, or the one before.
    /// </summary>
    /// <exception cref="AsmException">The file cannot be written; the one before is as it was.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string aside = path + ".partial";
        try
        {
            using (FileStream file = File.Create(aside))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory there is not ours to remove, and what is left of a file only takes room.
            if (File.Exists(aside)) File.Delete(aside);
            throw new AsmException($"{path}: cannot be written ({e.Message})\n  expected: a folder with room and leave to write"
                + "\n  fix: make room and go on with --resume; the checkpoint before it, where there is one, is whole", e);
        }
    }
}
