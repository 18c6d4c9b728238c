using System.Reflection;
using PublicApiGenerator;

namespace Asm.Tests.PublicApi;

/// <summary>
/// The public API of the libraries is a promise to embedders: a change shows as a difference here and is approved by hand, by copying the
/// file that the failed test names over the one in this folder.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Asm.Raster")]
    [InlineData("Asm.Maps")]
    [InlineData("Asm.Inference")]
    [InlineData("Asm.Analysis")]
    [InlineData("Asm.Projects")]
    [InlineData("Asm.Simulation")]
    public void The_public_api_is_the_approved_one(string assembly)
    {
        string actual = Assembly.Load(assembly).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        string approvedPath = Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{assembly}.approved.txt");
        string approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (actual == approved) return;
        string received = Path.Combine(Path.GetTempPath(), $"{assembly}.received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail($"The public API of {assembly} changed. If that is meant, copy {received} over Asm.Tests/PublicApi/{assembly}.approved.txt");
    }
}
