using System.Security.Cryptography;
using Asm.Raster;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Asm.Inference.Model;

/// <summary>An ONNX file with the weights that lie beside it, read into memory; nothing of it was believed yet.</summary>
internal sealed class OnnxFile
{
    private const long MostBytes = int.MaxValue;

    /// <summary>A file may hold many empty messages of two bytes each, which take a hundred times as much in memory.</summary>
    private const int MostMessages = 500_000;

    /// <summary>As deep as Google.Protobuf reads.</summary>
    private const int MostDepth = 100;

    private OnnxFile(string path, ModelProto model) => (Path, Model) = (path, model);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its content; weights that lie beside it are in it.</summary>
    public ModelProto Model { get; }

    /// <summary>SHA-256 of the file, and where weights lie beside it of all of them: see docs/model-format.md.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private init; }

    /// <summary>The file and those beside it that hold weights.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>The content as one file.</summary>
    public byte[] ToBytes() => Model.ToByteArray();

    /// <summary>Reads a file and the weights beside it.</summary>
    /// <exception cref="AsmException">
    /// A file is missing or too large, is no ONNX model, or names weights that do not lie beside it.
    /// </exception>
    public static OnnxFile Read(string path)
    {
        byte[] bytes = ReadBytes(path, path);
        ModelProto model = Parse(path, bytes);
        byte[] sha = SHA256.HashData(bytes);
        List<TensorProto> outside = [.. TensorsOf(model.Graph).Where(t => t.DataLocation != 0 || t.ExternalData.Count > 0)];
        if (outside.Count == 0)
            return new(path, model) { Sha256 = Convert.ToHexStringLower(sha), Bytes = bytes.LongLength, Files = [path] };
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        long all = bytes.LongLength, taken = 0;
        foreach (TensorProto tensor in outside)
        {
            (string name, long offset, long length) = Location(path, tensor);
            if (!files.TryGetValue(name, out byte[]? content))
            {
                string file = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", name);
                files[name] = content = ReadBytes(file, path);
                all += content.LongLength;
            }
            if (length < 0) length = content.LongLength - offset;
            if (offset < 0 || length < 0 || offset > content.LongLength - length)
                throw Refuse(path, $"its weights '{OnnxText.Quote(tensor.Name)}' are bytes {offset:N0} and {length:N0} more of "
                    + $"'{name}', which has {content.LongLength:N0}", "bytes that are there");
            if ((taken += length) > MostBytes || all > MostBytes)
                throw Refuse(path, $"has more than {MostBytes / 1e9:0.0} GB of weights", "2 GB at most");
            tensor.RawData = ByteString.CopyFrom(content, (int)offset, (int)length);
            tensor.ExternalData.Clear();
            tensor.DataLocation = 0;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(sha);
        foreach (byte[] content in files.Values) hash.AppendData(SHA256.HashData(content));
        string folder = System.IO.Path.GetDirectoryName(path) ?? "";
        return new(path, model)
        {
            Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
            Bytes = all,
            Files = [path, .. files.Keys.Select(name => System.IO.Path.Combine(folder, name))],
        };
    }

    private static IEnumerable<TensorProto> TensorsOf(GraphProto graph) =>
        graph.Initializer.Concat(graph.Node.SelectMany(n => n.Attribute).Select(a => a.T).OfType<TensorProto>());

    private static (string Name, long Offset, long Length) Location(string path, TensorProto tensor)
    {
        (string name, long offset, long length) = ("", 0, -1);
        foreach (StringStringEntryProto entry in tensor.ExternalData)
        {
            bool known = entry.Key switch
            {
                "location" => (name = entry.Value).Length > 0,
                "offset" => long.TryParse(entry.Value, out offset) && offset >= 0,
                "length" => long.TryParse(entry.Value, out length) && length >= 0,
                _ => true,
            };
            if (!known) throw Refuse(path, $"its weights' {entry.Key} is '{OnnxText.Quote(entry.Value)}'", "a name, or a number of bytes");
        }
        // Another folder's file would be another model's, or none of a model at all.
        if (name.Length is 0 or > 255 || name is "." or ".." || name.IndexOfAny(['/', '\\', ':', '\0']) >= 0)
            throw Refuse(path, $"its weights '{OnnxText.Quote(tensor.Name)}' lie in '{OnnxText.Quote(name)}'",
                "a file in the model's own folder, by its name alone",
                "copy the weights beside the model and name them so in its external_data; "
                + "where they lie below its folder, save it as one file: onnx.save(onnx.load(MODEL), OUT, save_as_external_data=False)");
        return (name, offset, length);
    }

    private static byte[] ReadBytes(string path, string model)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw path == model
                    ? new AsmException(path, "there is no such file", "an ONNX model", "check the path", AsmErrorCode.InputMissing)
                    : new AsmException(
                        model, $"its weights lie in '{OnnxText.Quote(file.Name)}', which is not beside it", "both files in one folder",
                        "copy it beside the model", AsmErrorCode.InputMissing);
            if (file.Length > MostBytes)
                throw new AsmException(path, $"is {file.Length / 1e9:0.0} GB",
                    "an ONNX file below 2 GB", "export a smaller model", AsmErrorCode.Model);
            if (file.Length == 0) throw new AsmException(path, "is empty", "a file", "copy the file again", AsmErrorCode.InputFormat);
            InputPath.Require(path);
            if (path == model) RequireModel(path);
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}", e, AsmErrorCode.InputMissing);
        }
    }

    /// <summary>Walks the file's messages before it is read into memory.</summary>
    private static void RequireModel(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        int count = 0;
        if (!Count(file, file.Length, ModelProto.Descriptor, ref count, 0)) throw NoModel(path);
    }

    private static ModelProto Parse(string path, byte[] bytes)
    {
        try
        {
            // Unknown fields would be handed to ONNX Runtime unseen.
            if (ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes) is { Graph.Node.Count: > 0 } model) return model;
        }
        catch (InvalidProtocolBufferException) { }
        throw NoModel(path);
    }

    private static AsmException NoModel(string path) => new(path, "is not an ONNX model, or is damaged",
        "a file that asm-train export or another ONNX exporter wrote", "copy the file again, or export it again", AsmErrorCode.InputFormat);

    private static AsmException Refuse(
        string path, string found, string expected, string fix = "copy the model's files again, or export it again") =>
        new(path, found, expected, fix, AsmErrorCode.Model);

    /// <summary>Counts the messages within a message without making any; false where there are too many, or the bytes are none.</summary>
    private static bool Count(Stream file, long end, MessageDescriptor message, ref int count, int depth)
    {
        while (file.Position < end)
        {
            if (!Varint(file, out ulong tag) || tag >> 3 == 0) return false;
            switch (tag & 7)
            {
                case 0 when Varint(file, out _): break;
                case 1: file.Seek(sizeof(ulong), SeekOrigin.Current); break;
                case 5: file.Seek(sizeof(uint), SeekOrigin.Current); break;
                case 2 when tag >> 3 <= int.MaxValue && Varint(file, out ulong length) && length <= (ulong)(end - file.Position):
                    long after = file.Position + (long)length;
                    if (message.FindFieldByNumber((int)(tag >> 3)) is { FieldType: FieldType.Message } field
                        && (++count > MostMessages || depth > MostDepth || !Count(file, after, field.MessageType, ref count, depth + 1)))
                        return false;
                    file.Position = after;
                    break;
                default: return false;
            }
        }
        return file.Position == end;
    }

    private static bool Varint(Stream file, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (file.ReadByte() is not (>= 0 and var part)) return false;
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return true;
        }
        return false;
    }
}
