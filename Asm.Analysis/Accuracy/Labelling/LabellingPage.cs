using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Analysis.Accuracy.Labelling;

/// <summary>
/// A self-contained HTML page on which a person labels points offline: pictures of each point, keys for the classes, the state kept in the
/// browser, and a CSV to save that <c>asm assess</c> reads.
/// </summary>
internal sealed record LabellingPage
{
    private const string Placeholder = "/*ASM-DATA*/";

    // The encoder writes '<' as an escape, so that no text can end the element that holds the data.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    /// <summary>What the table says of a point that nobody can tell.</summary>
    public const string CannotTell = "?";

    /// <summary>The classes to choose from, with the colours of their buttons.</summary>
    public required IReadOnlyList<MapClass> Classes { get; init; }

    /// <summary>Names of the pictures that every point has, such as "2019-01-07 true colour"; none where there are no pictures.</summary>
    public required IReadOnlyList<string> Views { get; init; }

    /// <summary>The points, at least one.</summary>
    public required IReadOnlyList<LabellingPoint> Points { get; init; }

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <exception cref="ArgumentException">
    /// There is no point, two have one identifier, or one has pictures of another number than there are views.
    /// </exception>
    /// <exception cref="AsmException">The file exists or cannot be written.</exception>
    public void Write(string path, bool overwrite = false)
    {
        if (Points.Count == 0) throw new ArgumentException("a page needs a point");
        if (Points.Select(p => p.Id).Distinct(StringComparer.Ordinal).Count() < Points.Count)
            throw new ArgumentException("two points have one identifier");
        if (Points.Any(p => p.Pictures.Count != 0 && p.Pictures.Count != Views.Count))
            throw new ArgumentException("every point needs one picture a view, or none");
        string[] page = Template().Split(Placeholder);
        AsideFile.Write(path, overwrite, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes(page[0]));
            JsonSerializer.Serialize(stream, new
            {
                key = Key(),
                classes = Classes.Select(c => new { c.Code, c.Name, color = c.Color.ToString() }),
                cannotTell = CannotTell,
                views = Views,
                points = Points.Select(p => new
                {
                    p.Id,
                    p.X,
                    p.Y,
                    p.Class,
                    p.Reference,
                    chips = p.Pictures.Select(png => "data:image/png;base64," + Convert.ToBase64String(png))
                }),
            }, Json);
            stream.Write(Encoding.UTF8.GetBytes(page[1]));
        });
    }

    /// <summary>Tells pages of other points or classes apart, whose labels must not mix in the browser.</summary>
    private string Key()
    {
        IEnumerable<string> lines = Classes.Select(c => c.Name).Concat(Points.SelectMany(p => new[] { p.Id, p.X, p.Y }));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }

    private static string Template()
    {
        using Stream stream = typeof(LabellingPage).Assembly.GetManifestResourceStream("labelling.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
