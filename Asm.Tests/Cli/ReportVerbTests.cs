using Asm.Tests.Support;

namespace Asm.Tests.Cli;

/// <summary>asm report.</summary>
public sealed class ReportVerbTests
{
    [Fact]
    public void Report_writes_a_page_and_says_how_large_it_is()
    {
        using var folder = new TempFolder();
        ReportedRun.Smallest(folder);
        (int exit, string output, string error) = AsmProgram.Run("report", folder.FullPath, "-o", folder.File("page.html"));
        Assert.True(exit == 0, error);
        Assert.Matches(@"page\.html: 0\.\d MB, of which 1 pictures 0\.0 MB", output);
        Assert.True(new FileInfo(folder.File("page.html")).Length > 100_000);
    }

    [Fact]
    public void Report_of_a_folder_without_a_run_fails_with_what_to_do()
    {
        using var folder = new TempFolder();
        (int exit, _, string error) = AsmProgram.Run("report", folder.FullPath, "-o", folder.File("page.html"));
        Assert.Equal(1, exit);
        Assert.Contains("run the project first: asm run PROJECT.yaml", error, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }
}
