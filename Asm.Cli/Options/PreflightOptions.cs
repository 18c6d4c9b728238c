using System.CommandLine;
using Asm.Inference.Model;
using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Options;

/// <summary>--no-preflight: whether scenes are looked at before they are predicted or prepared.</summary>
internal sealed class PreflightOptions
{
    private readonly Option<bool> _off = CommonOptions.NoPreflight();

    private readonly List<(string Scene, IReadOnlyList<PreflightFinding> Findings)> _checked = [];

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(_off);

    /// <summary>Checks one scene and tells notes and warnings; nothing with --no-preflight.</summary>
    public void Check(ParseResult parsed, string name, IRasterSource stack,
        ModelDescription model, SceneFacts facts, RunOptions run, Reporter reporter)
    {
        if (!parsed.GetValue(_off)) Tell(name, Preflight.Check(stack, model, facts, run), reporter);
    }

    /// <summary>Checks what is to be written of a stack and tells notes and warnings; nothing with --no-preflight.</summary>
    public void Check(ParseResult parsed, string name, PrepareStage stage, RunOptions run, Reporter reporter)
    {
        if (parsed.GetValue(_off)) return;
        using StackSource stack = StackSource.Open(stage.Sources, stage.Radiometry, run);
        IRasterSource part = MaskedSource.Wrap(StackExtent.Cut(stack, stage.Bounds, stage.Area), stage.Masks);
        Tell(name, Preflight.CheckPrepared(stack, part, run), reporter);
    }

    private void Tell(string name, IReadOnlyList<PreflightFinding> findings, Reporter reporter)
    {
        foreach (PreflightFinding finding in findings.Where(f => f.Severity != PreflightSeverity.Error))
            reporter.Note(finding.NoteOn(name));
        _checked.Add((name, findings));
    }

    /// <summary>Throws where a scene that was checked has an error, with the errors of all.</summary>
    /// <exception cref="AsmException">There is one.</exception>
    public void RequireNoError() => Preflight.RequireNoError(_checked);
}
