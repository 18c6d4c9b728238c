using Asm.Hardening.Campaigns;

namespace Asm.Tests.Hardening;

/// <summary>The quick form of the campaign of docs/hardening.md: the first mutants of every target.</summary>
public sealed class CampaignTests
{
    private const int Mutants = 300;

    [Fact]
    public void Damaged_files_are_refused_by_name_or_read()
    {
        IReadOnlyList<Tally> tallies = new Campaign(byProgram: false).Run(Target.All, 0, Mutants, DateTime.MaxValue);
        string[] defects = [.. from tally in tallies
                               from defect in tally.Defects
                               select $"{tally.Target} {defect.Number}: {defect.Kind}: {defect.File}: {defect.Detail}"];
        Assert.True(defects.Length == 0, string.Join('\n', defects));
        Assert.All(tallies, tally => Assert.Equal(Mutants, tally.Count));
        // Were nothing refused, or nothing read, the damage would not reach what it is meant for.
        Assert.All(tallies, tally => Assert.InRange(tally.Refused, 1, Mutants - 1));
    }
}
