using System.CommandLine;
using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Terminal;
using Asm.Training.Datasets.Adapters;
using Asm.Training.Evaluation;

namespace Asm.Training.Verbs;

/// <summary>--no-preflight: whether scenes are looked at, as asm prepare and asm predict do, before they are read or compared.</summary>
internal sealed class PreflightOption
{
    private readonly Option<bool> _off = CommonOptions.NoPreflight();

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(_off);

    /// <summary>Looks at scenes of ten bands for a data set and tells notes and warnings.</summary>
    /// <exception cref="AsmException">There is an error; the message has those of all.</exception>
    public void Check(ParseResult parsed, IReadOnlyList<SceneInput> scenes, RunOptions run, Reporter reporter)
    {
        if (parsed.GetValue(_off)) return;
        var seen = new List<(string, IReadOnlyList<PreflightFinding>)>();
        foreach (SceneInput scene in scenes)
        {
            using StackSource? image = scene.OpenImage?.Invoke(run);
            if (image is null || !HasTenBands(image)) continue;
            foreach (string notice in image.Notices) reporter.Note($"warning: {notice}");
            seen.Add((scene.Name, Tell(scene.Name, Preflight.CheckPrepared(image, image, run), reporter)));
        }

        Preflight.RequireNoError(seen);
    }

    /// <summary>Looks at the tiles of ten bands that are files, with every model, and tells notes and warnings.</summary>
    /// <exception cref="AsmException">There is an error; the message has those of all.</exception>
    public void Check(ParseResult parsed, EvaluationResult result, RunOptions run, Reporter reporter)
    {
        if (parsed.GetValue(_off)) return;
        var seen = new List<(string, IReadOnlyList<PreflightFinding>)>();
        foreach (LabelledTile tile in result.Tiles.Where(t => t.IsScene))
        {
            using IRasterSource stack = tile.OpenStack();
            if (!HasTenBands(stack)) continue;
            var facts = SceneFacts.Of(ProductMetadataJson.Read(stack.Info.Metadata));
            // What is wrong with the scene itself is told once, not by every model.
            seen.Add((tile.Name, Tell(tile.Name,
                [.. result.Models.SelectMany(m => Preflight.Check(stack, m.Description, facts, run)).Distinct()], reporter)));
        }

        Preflight.RequireNoError(seen);
    }

    private static bool HasTenBands(IRasterSource stack) => stack.Info.Bands.Count >= StackBands.Names.Count;

    private static IReadOnlyList<PreflightFinding> Tell(string name, IReadOnlyList<PreflightFinding> findings, Reporter reporter)
    {
        foreach (PreflightFinding finding in findings.Where(f => f.Severity != PreflightSeverity.Error))
            reporter.Note(finding.NoteOn(name));
        return findings;
    }
}
