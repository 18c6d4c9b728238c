using System.Globalization;
using Asm.Maps.Documents;
using Asm.Raster;
using Asm.Raster.Bytes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;
using YamlDotNet.Serialization.NamingConventions;

namespace Asm.Training.Configuration;

/// <summary>Reads a training run's YAML. Unknown keys and values out of range are errors that name file, line and key.</summary>
internal static class FitConfigReader
{
    /// <summary>Reads a file; the paths that it names become absolute.</summary>
    /// <exception cref="AsmException">The file is missing or says something that cannot be.</exception>
    public static FitConfig Read(string path)
    {
        FitConfig config = Parse(YamlText.Read(path, "a YAML file", "check the path"), path);
        string folder = Path.GetDirectoryName(SystemPath.Full(path))!;
        return config with
        {
            Output = SystemPath.Full(config.Output, folder),
            Initial = config.Initial is { } initial ? SystemPath.Full(initial, folder) : null,
            Data = config.Data with { Sets = [.. config.Data.Sets.Select(s => s with { Path = SystemPath.Full(s.Path, folder) })] },
        };
    }

    /// <summary>Reads YAML text.</summary>
    /// <param name="yaml">The text; empty text gives all defaults.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AsmException">The text says something that cannot be.</exception>
    public static FitConfig Parse(string yaml, string name)
    {
        IDeserializer deserializer = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .Build();
        FitConfig config;
        try
        {
            config = deserializer.Deserialize<FitConfig?>(new GivenValues(YamlText.Require(yaml, name))) ?? new FitConfig();
        }
        catch (YamlException e)
        {
            throw new AsmException($"{name}:{e.Start.Line}:{e.Start.Column}: {FitConfigFault.Explain(yaml, e)}"
                + "\n  fix: correct this line; of an empty file, asm-train fit EMPTY.yaml --show-config prints all keys", e);
        }
        // The library's own, for some texts whose keys and values stand in the wrong columns.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new AsmException(name, "has lines that are no YAML together", "YAML",
                "correct the line: keys of one mapping start in one column, text with ': ' or '#' stands in quotes");
        }

        FitConfigCheck.Run(config, name);
        return config;
    }

    /// <summary>The whole configuration as YAML, defaults written out, also those that follow from other keys.</summary>
    public static string Write(FitConfig config) => string.Concat(new SerializerBuilder()
        .WithEventEmitter(next => new HiddenCharacters(next))
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
        .Build().Serialize(config with
        {
            Optimiser = config.Optimiser with { LearningRate = config.Optimiser.EffectiveLearningRate },
            Data = config.Data with { SimulationShare = config.Data.EffectiveSimulationShare },
        })
        .Select(c => HiddenCharacters.Has(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()));

    /// <summary>Puts texts with characters that cannot be seen in double quotes, in which an escape can stand for each.</summary>
    private sealed class HiddenCharacters(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public static bool Has(char c) => c != '\n' && !char.IsSurrogate(c) && PlainText.IsHidden(c);

        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Any(Has)) eventInfo.Style = ScalarStyle.DoubleQuoted;
            base.Emit(eventInfo, emitter);
        }
    }
}
