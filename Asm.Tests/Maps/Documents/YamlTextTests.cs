using Asm.Maps.Documents;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Documents;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("? &a [*a]\n: 1\n", "p.yaml, line 1: a key is a list or a mapping")]
    [InlineData("? {a: b}\n: 1\n", "p.yaml, line 1: a key is a list or a mapping")]
    [InlineData("a: &a [x]\nb: [*a, *a]\n", "p.yaml, line 2: repeats another value by an alias (*)")]
    [InlineData("a: &a\n  b: *a\n", "p.yaml, line 2: repeats another value by an alias (*)")]
    [InlineData("a: !!int 3\n", "p.yaml, line 1: has the tag 'tag:yaml.org,2002:int'")]
    [InlineData("a: \"x\\0y\"\n", @"p.yaml, line 1: 'x\u0000y' holds a control character")]
    [InlineData("a: \"\\e[31m\"\n", @"p.yaml, line 1: '\u001b[31m' holds a control character")]
    [InlineData("a: 1\n---\nb: 2\n", "p.yaml, line 2: begins a second YAML document")]
    [InlineData("s:\n  - name: [\n    tiles:\n      # The name\n      a: b\n", "p.yaml, line 2: this line or the next is no YAML")]
    public void What_could_harm_is_refused_with_its_line(string text, string found) =>
        Assert.StartsWith(found, Assert.Throws<AsmException>(() => YamlText.Require(text, "p.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Depth_keys_and_values_are_bounded()
    {
        Assert.Contains("is 17 levels deep", Fault(new string('[', 100_000)), StringComparison.Ordinal);
        Assert.Contains("is 17 levels deep", Fault("x:\n " + string.Concat(Enumerable.Repeat("- ", 10_000)) + "\n"), StringComparison.Ordinal);
        Assert.Contains("is the key 5,001 of one mapping", Fault(string.Concat(Enumerable.Range(0, 6000).Select(i => $"k{i}: 1\n"))), StringComparison.Ordinal);
        Assert.Contains("is the value 50,001", Fault(string.Concat(Enumerable.Repeat("- a\n", 60_000))), StringComparison.Ordinal);
        YamlText.Require(string.Concat(Enumerable.Repeat("[", 16)) + string.Concat(Enumerable.Repeat("]", 16)), "p.yaml");
    }

    [Fact]
    public void Hostile_files_are_refused()
    {
        foreach (string name in (string[])["yaml-recursive-key", "yaml-deep", "yaml-alias-bomb-key", "yaml-nul-path", "yaml-unexp-name-bracket"])
        {
            string path = SharedData.Require($"cases/hostile/{name}.yaml");
            Assert.StartsWith($"{name}.yaml, line ", Assert.Throws<AsmException>(() => Asm.Projects.Documents.ProjectReader.Read(path)).Message, StringComparison.Ordinal);
            Assert.Throws<AsmException>(() => Asm.Training.Configuration.FitConfigReader.Read(path));
        }
    }

    private static string Fault(string text) => Assert.Throws<AsmException>(() => YamlText.Require(text, "p.yaml")).Message;
}
