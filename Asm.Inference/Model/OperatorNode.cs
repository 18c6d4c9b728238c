using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>ONNX's numbers of attribute types.</summary>
internal enum AttributeType
{
    Float = 1,
    Int = 2,
    Text = 3,
    Tensor = 4,
    Floats = 6,
    Ints = 7,
}

/// <summary>A node of a graph, with what is known of its inputs. What is wrong with it is refused where it is read.</summary>
internal sealed class OperatorNode(NodeProto node, GraphTensor?[] inputs, string path)
{
    /// <summary>The operator.</summary>
    public string Operator => node.OpType;

    /// <summary>Its name; of a node without one that of what it gives.</summary>
    public string Name => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault("");

    /// <summary>Its inputs; null where one is left out.</summary>
    public GraphTensor?[] Inputs => inputs;

    /// <summary>Number of its outputs.</summary>
    public int Outputs => node.Output.Count;

    /// <summary>Its first input.</summary>
    public GraphTensor Data => Need(0);

    /// <summary>Multiplications, about.</summary>
    public double Work { get; set; }

    /// <summary>Bytes that the operator takes beside its outputs.</summary>
    public double Scratch { get; set; }

    /// <summary>A result of the type of its first input, which depends on the image where any input does.</summary>
    public GraphTensor Like(long[] dims, double[]? values = null) => new(Data.Type, dims, values, inputs.Any(i => i?.Depends == true));

    /// <summary>An input that the operator must have.</summary>
    public GraphTensor Need(int input) => Maybe(input) ?? throw Refuse($"it has no input {input + 1}");

    /// <summary>An input that may be left out.</summary>
    public GraphTensor? Maybe(int input) => input < inputs.Length ? inputs[input] : null;

    /// <summary>The values of an input that sizes depend on.</summary>
    public long[] Sizes(int input) => [.. Numbers(input).Select(v => (long)v)];

    /// <inheritdoc cref="Sizes"/>
    public double[] Numbers(int input) => Need(input).Values
        ?? throw Refuse($"sizes of it depend on the values of pixels, or on more than {GraphTensor.MostValues} values");

    /// <summary>Integers that newer operators take as an input and older ones as an attribute; null where neither is there.</summary>
    public long[]? SizesOrAttribute(int input, string attribute) => Maybe(input) is not null ? Sizes(input) : Ints(attribute);

    /// <summary>An attribute; null where it is not there. One of another type is refused: ONNX Runtime would take the default.</summary>
    public AttributeProto? Attribute(string name, AttributeType type) =>
        node.Attribute.FirstOrDefault(a => a.Name == name) is not { } found ? null
        : found.Type == (int)type ? found
        : throw Refuse($"its {name} is of type {found.Type}", $"type {(int)type} ({type})");

    /// <summary>A whole number.</summary>
    public long Int(string name, long otherwise) => Attribute(name, AttributeType.Int)?.I ?? otherwise;

    /// <summary>A list of whole numbers; null where it is not there.</summary>
    public long[]? Ints(string name) => Attribute(name, AttributeType.Ints) is { } attribute ? [.. attribute.Ints] : null;

    /// <summary>A list of a length, each number within a range.</summary>
    public long[] Ints(string name, int count, long otherwise, long least, long most)
    {
        if (Ints(name) is not { Length: > 0 } given) return [.. Enumerable.Repeat(otherwise, count)];
        if (given.Length != count) throw Refuse($"its {name} are {given.Length} numbers, not {count}");
        foreach (long value in given)
            if (value < least || value > most) throw Refuse($"its {name} hold {value}", $"{least} to {most}");
        return given;
    }

    /// <summary>A word.</summary>
    public string Text(string name, string otherwise) => Attribute(name, AttributeType.Text)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>An axis counted from the first one.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Refuse($"its axis {axis} is none of {rank}");

    /// <summary>The error that the node cannot be run.</summary>
    public AsmException Refuse(string found, string expected = "a node that ONNX defines, of sizes that a network has") =>
        new(path, $"node '{OnnxText.Quote(Name)}' is {OnnxText.Quote(node.OpType)}, and {found}", expected,
            "export the model again, or use another one", AsmErrorCode.Model);
}
