using System.Runtime.InteropServices;
using Asm.Inference.Model;
using Google.Protobuf;

namespace Asm.Training.Graphs;

/// <summary>Writes nodes and constants of an ONNX graph one after the other. Every value is named after the node that gives it.</summary>
internal sealed class OnnxGraphBuilder
{
    /// <summary>ONNX's numbers of element types (TensorProto.DataType).</summary>
    public const int Float = 1, UInt8 = 2, Int8 = 3, Int32 = 6, Int64 = 7;

    /// <summary>ONNX's numbers of attribute types (AttributeProto.AttributeType).</summary>
    public const int AttributeInt = 2, AttributeText = 3, AttributeInts = 7;

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new();

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="name">Name of the node and of its output.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="attributes">Each an int, a long[] or a string.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string operation, string name, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        foreach ((string key, object value) in attributes) node.Attribute.Add(Attribute(key, value));
        Graph.Node.Add(node);
        return name;
    }

    /// <summary>Adds a constant of float32 values.</summary>
    public string Constant(string name, float[] values, params long[] shape) =>
        Constant(name, Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    /// <summary>Adds a constant of int64 values.</summary>
    public string Constant(string name, long[] values, params long[] shape) =>
        Constant(name, Int64, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    /// <summary>Describes an input or output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="elementType">Its element type.</param>
    /// <param name="shape">Each dimension a long, or a string that names one that is free.</param>
    public static ValueInfoProto Value(string name, int elementType, params object[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (object dimension in shape)
            dimensions.Dim.Add(dimension is string free
                ? new TensorShapeProto.Types.Dimension { DimParam = free }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(dimension) });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = elementType, Shape = dimensions } }
        };
    }

    // raw_data is little-endian, as every machine is that libtorch has a package for.
    private string Constant(string name, int elementType, ReadOnlySpan<byte> data, long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = elementType, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(shape);
        Graph.Initializer.Add(tensor);
        return name;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int number:
                (attribute.Type, attribute.I) = (AttributeInt, number);
                break;
            case string text:
                (attribute.Type, attribute.S) = (AttributeText, ByteString.CopyFromUtf8(text));
                break;
            case long[] numbers:
                attribute.Type = AttributeInts;
                attribute.Ints.AddRange(numbers);
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} is not an attribute", nameof(value));
        }

        return attribute;
    }
}
