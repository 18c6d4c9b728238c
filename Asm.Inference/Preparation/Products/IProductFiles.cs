using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation.Products;

/// <summary>The files of a product, in a folder or in a zip file.</summary>
internal interface IProductFiles
{
    /// <summary>The folder or the zip file.</summary>
    string Name { get; }

    /// <summary>Paths below the folder, with '/' between their parts, in ordinal order.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>The whole path of a file, for messages.</summary>
    string FullName(string path);

    /// <summary>Bytes of a file, as far as that is known before it is read; else 1.</summary>
    long Size(string path);

    /// <summary>Reads a small file.</summary>
    /// <exception cref="AsmException">It cannot be read, or is far larger than metadata are.</exception>
    byte[] ReadSmall(string path);

    /// <summary>Reads a whole file, piece by piece in its order.</summary>
    /// <exception cref="AsmException">It cannot be read.</exception>
    void ReadAll(string path, Taker take);

    /// <summary>Opens a raster.</summary>
    /// <param name="path">One of <see cref="Paths"/>.</param>
    /// <param name="opener">Opens files.</param>
    /// <param name="grids">Grids that it may have where it does not tell its place itself.</param>
    IRasterSource Open(string path, BandOpener opener, IReadOnlyList<GeoGrid> grids);

    /// <summary>The files on disk that a raster and the metadata come from.</summary>
    IReadOnlyList<string> Inputs(IEnumerable<string> paths);

    /// <summary>Takes some bytes.</summary>
    delegate void Taker(ReadOnlySpan<byte> bytes);
}
