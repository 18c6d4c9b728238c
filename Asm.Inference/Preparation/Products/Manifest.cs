using System.Security.Cryptography;
using System.Xml.Linq;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// Checks the files of a product against the checksums in its manifest.safe: JPEG 2000 itself has none, so a damaged
/// band may decode to nonsense.
/// </summary>
internal static class Manifest
{
    private const string FileName = "manifest.safe";

    /// <summary>
    /// Checks files; those that the manifest does not list, or of whose checksums this machine lacks the algorithm, are passed over.
    /// </summary>
    /// <param name="files">The files of the product.</param>
    /// <param name="paths">Those that are checked.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <exception cref="AsmException">A file has another checksum.</exception>
    public static void Verify(IProductFiles files, IReadOnlyList<string> paths, RunOptions run)
    {
        if (files.Paths.FirstOrDefault(path => path.Equals(FileName, StringComparison.OrdinalIgnoreCase)) is not { } manifest) return;
        Dictionary<string, (string Algorithm, string Sum)> sums = Read(files.ReadSmall(manifest), files.FullName(manifest));
        string[] listed = [.. paths.Where(sums.ContainsKey)];
        SharedWork.For(0, listed.Length, run, i =>
        {
            (string path, (string algorithm, string sum)) = (listed[i], sums[listed[i]]);
            if (Hasher(algorithm) is not { } hasher) return;
            using (hasher)
            {
                files.ReadAll(path, bytes =>
                {
                    run.Cancellation.ThrowIfCancellationRequested();
                    hasher.AppendData(bytes);
                });
                string found = Convert.ToHexStringLower(hasher.GetHashAndReset());
                if (!found.Equals(sum, StringComparison.OrdinalIgnoreCase))
                    throw new AsmException(files.FullName(path), $"has the {algorithm} checksum {found}", $"{sum}, as {FileName} says",
                        "download the product anew: the file was damaged on the way", AsmErrorCode.InputFormat);
            }
        });
    }

    private static Dictionary<string, (string Algorithm, string Sum)> Read(byte[] text, string file)
    {
        var sums = new Dictionary<string, (string, string)>();
        foreach (XElement stream in ProductText.All(ProductText.ParseXml(text, file), "byteStream"))
            if (ProductText.All(stream, "fileLocation").FirstOrDefault()?.Attribute("href")?.Value is { } href
                && ProductText.All(stream, "checksum").FirstOrDefault() is { } sum)
                sums[href.StartsWith("./", StringComparison.Ordinal) ? href[2..] : href] =
                    (sum.Attribute("checksumName")?.Value.ToUpperInvariant() ?? "", sum.Value.Trim());
        return sums;
    }

    private static IncrementalHash? Hasher(string algorithm) => algorithm switch
    {
        "MD5" => IncrementalHash.CreateHash(HashAlgorithmName.MD5),
        "SHA3-256" when SHA3_256.IsSupported => IncrementalHash.CreateHash(HashAlgorithmName.SHA3_256),
        "SHA-256" or "SHA256" => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        _ => null,
    };
}
