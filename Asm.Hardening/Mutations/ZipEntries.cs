using System.IO.Compression;

namespace Asm.Hardening.Mutations;

/// <summary>Changes one entry of a zip file, its bytes or its name, and writes a sound zip file around it.</summary>
internal static class ZipEntries
{
    /// <summary>A zip file with one entry changed; null where it has no entry or cannot be read.</summary>
    public static byte[]? Mutate(byte[] original, Random random)
    {
        using var read = new ZipArchive(new MemoryStream(original));
        if (read.Entries.Count == 0) return null;
        int changed = random.Next(read.Entries.Count);
        bool rename = random.Next(8) == 0;
        using var bytes = new MemoryStream();
        using (var written = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            for (int i = 0; i < read.Entries.Count; i++)
            {
                ZipArchiveEntry entry = read.Entries[i];
                bool here = i == changed;
                string name = here && rename
                    ? entry.FullName.Insert(random.Next(entry.FullName.Length + 1), Nasty.Text(random))
                    : entry.FullName;
                byte[] data = here && !rename ? Mutator.Mutate(Whole(entry), random) : Whole(entry);
                if (name.Length is 0 or > 60_000) name = "a";
                using Stream target = written.CreateEntry(name, CompressionLevel.Fastest).Open();
                target.Write(data);
            }
        return bytes.ToArray();
    }

    private static byte[] Whole(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (Stream stream = entry.Open()) stream.CopyTo(content);
        return content.ToArray();
    }
}
