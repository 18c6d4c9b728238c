using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class DoctorVerbTests
{
    [Fact]
    public void An_installation_that_works_is_told_so_with_the_expected_map_of_the_built_in_scene()
    {
        (int exit, string output, string error) = AsmProgram.Run("doctor");
        Assert.True(exit == 0, output + error);
        Assert.Contains("ok    ONNX Runtime: loads asm-starter", output, StringComparison.Ordinal);
        Assert.Contains("px as expected (0.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("BAD", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), "asm-doctor-*"));
    }
}
