using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;

namespace Asm.Maps.Stages;

/// <summary>A piece of work on files, told once: what it reads and writes, its settings, what it takes, and how it runs.</summary>
/// <remarks>A description and no framework: <see cref="Run"/> opens, works and writes by itself, with the helpers that it likes.</remarks>
/// <typeparam name="TStage">The stage itself.</typeparam>
/// <typeparam name="TResult">What it tells of its work.</typeparam>
public abstract record Stage<TStage, TResult> : IStage where TStage : Stage<TStage, TResult>
{
    /// <inheritdoc/>
    public abstract string Verb { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Reads { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Writes { get; }

    /// <summary>All settings, in the order in which help shows them.</summary>
    protected abstract IReadOnlyList<Setting<TStage>> All { get; }

    /// <summary>Ground that is left out: no data in the outputs. Stages that make no raster have none.</summary>
    public IReadOnlyList<PolygonMask> Masks { get; init; } = [];

    /// <summary>Replace outputs that exist.</summary>
    public bool Overwrite { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var texts = new Dictionary<string, string>();
            foreach (Setting<TStage> setting in All)
                if (setting.TextOf((TStage)this) is { } text) texts[setting.Name] = text;
            if (Masks.Count > 0) texts["mask"] = string.Join("; ", Masks);
            return texts;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SettingNames => [.. All.Select(setting => setting.Name)];

    /// <inheritdoc/>
    public void RequireSettings()
    {
        foreach (Setting<TStage> setting in All) setting.Require((TStage)this);
    }

    /// <inheritdoc/>
    public abstract StageNeed Need(StageGround ground);

    /// <summary>Does the work: all outputs appear, or none.</summary>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">An input cannot be used, an output cannot be written, or the memory limit is too low.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public TResult Run(RunOptions? run = null)
    {
        RequireSettings();
        OutputFiles.Require(this, Overwrite);
        run ??= new();
        var inputs = new InputWatch();
        inputs.Add(run.Inputs);
        foreach (string path in Reads.Where(path => !RemoteFile.IsUrl(path)))
        {
            InputPath.Require(path);
            inputs.Add(path);
        }
        return Work(run with { Inputs = inputs });
    }

    /// <summary>Does the work; settings and names were checked.</summary>
    protected abstract TResult Work(RunOptions run);

    /// <summary>The files of the masks, those beside them included.</summary>
    protected IEnumerable<string> MaskFiles => Masks.Select(mask => mask.Path).OfType<string>().SelectMany(VectorFile.FilesOf);

    /// <summary>What the outputs were made from and how, as metadata.</summary>
    /// <param name="inputs">The files that the outputs were made from; those of the masks come by themselves.</param>
    /// <param name="run">Threads, servers and cancellation, for hashing.</param>
    /// <param name="found">What the work found out, beside the settings or in their place; null as a value leaves a setting out.</param>
    /// <param name="model">The model, where one was used.</param>
    protected IReadOnlyDictionary<string, string> ProvenanceOf(
        IEnumerable<string> inputs, RunOptions run, IReadOnlyDictionary<string, string?>? found = null, InputFile? model = null)
    {
        var options = new Dictionary<string, string>(Settings);
        foreach ((string name, string? value) in found ?? new Dictionary<string, string?>())
            if (value is null) options.Remove(name);
            else options[name] = value;
        return new Provenance
        {
            Stage = Verb,
            Inputs = FileHash.Identify([.. inputs, .. Masks.Select(mask => mask.Path).OfType<string>()], run),
            Model = model,
            Options = options
        }.ToMetadata();
    }
}
