using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Training.Fitting;

/// <summary>Files of a run that are renewed while it goes on.</summary>
internal static class RunFile
{
    /// <summary>
    /// Writes a file aside, waits until the disk has it, and renames it: at every moment the file is whole, or the one before.
    /// </summary>
    /// <exception cref="AsmException">The file cannot be written; the one before is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            using AsideFile file = AsideFile.Create(path, overwrite: true);
            write(file.Stream);
            file.Complete();
        }
        catch (Exception e) when (e is AsmException || AsideFile.IsRefusal(e))
        {
            if (e is AsmException { InnerException: null }) throw;
            string why = (e.InnerException ?? e).Message;
            throw new AsmException($"{path}: cannot be written ({why})\n  expected: a folder with room and leave to write"
                + "\n  fix: make room and go on with --resume; the checkpoint before it, where there is one, is whole", e);
        }
    }
}
