namespace Asm.Hardening.Campaigns;

/// <summary>What came out of one target's mutants.</summary>
internal sealed class Tally(string target)
{
    private readonly Dictionary<string, int> _kinds = [];

    /// <summary>The target.</summary>
    public string Target => target;

    /// <summary>How many were tried.</summary>
    public int Count => _kinds.Values.Sum();

    /// <summary>How many were read as if nothing had happened, or with a warning.</summary>
    public int Read => _kinds.GetValueOrDefault("read");

    /// <summary>How many were refused by name.</summary>
    public int Refused => _kinds.GetValueOrDefault("refused");

    /// <summary>The longest that one took.</summary>
    public int SlowestMilliseconds { get; private set; }

    /// <summary>The most memory that the process had.</summary>
    public int PeakMegabytes { get; private set; }

    /// <summary>The defects: kind, number of the mutant, the damaged file, what was seen.</summary>
    public List<(string Kind, int Number, string File, string Detail)> Defects { get; } = [];

    /// <summary>Counts one.</summary>
    public void Add(string kind, int number, string file, string detail, int milliseconds, int megabytes)
    {
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        SlowestMilliseconds = Math.Max(SlowestMilliseconds, milliseconds);
        PeakMegabytes = Math.Max(PeakMegabytes, megabytes);
        if (kind is not ("read" or "refused")) Defects.Add((kind, number, file, detail));
    }
}
