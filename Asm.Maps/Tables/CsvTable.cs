using Asm.Raster;
using CsvHelper;

namespace Asm.Maps.Tables;

/// <summary>Writes comma-separated text in UTF-8: every cell is what <see cref="PlainText.ToCell"/> makes of its text.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvWriter _csv;

    /// <summary>Starts a table.</summary>
    /// <param name="stream">Receives it; stays open.</param>
    /// <param name="columns">The names of the columns.</param>
    public CsvTable(Stream stream, IEnumerable<string> columns)
    {
        _csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        Add(columns);
    }

    /// <summary>Adds a row.</summary>
    public void Add(IEnumerable<string> cells) => _csv.WriteRecord([.. cells.Select(PlainText.ToCell)]);

    /// <summary>Writes what is left.</summary>
    public void Dispose() => _csv.Dispose();
}
