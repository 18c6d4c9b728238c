using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of the YAML that people write.</summary>
public sealed class DocumentFixTests : FixTrial
{
    private const string Head = "model: model.onnx\nprediction: {preflight: off}\nseasons:\n  - name: a\n    tiles:\n";

    [Fact]
    [Fix("name scenes by patterns with '*'")]
    [Fix("give another file, or name scenes by patterns with '*'")]
    public void A_project_of_very_many_scenes_names_them_by_patterns()
    {
        Directory.CreateDirectory(PathOf("scenes"));
        Stacks.Write(PathOf("scenes/scene.tif"), 48, 48);
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
        Run($"      west: [{string.Join(',', Enumerable.Range(0, 50_001).Select(i => $"s{i}.tif"))}]\n", works: false);
        Run($"      west: [{string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"scenes/{new string('s', 490)}{i}.tif"))}]\n", works: false);
        Run("      west: scenes/*.tif\n", works: true);
    }

    [Fact]
    [Fix("write the value out")]
    [Fix("remove it")]
    [Fix("remove it; text that looks like a number stands in quotes")]
    [Fix("write the key as a word")]
    [Fix("remove the character")]
    public void What_YAML_can_do_beyond_settings_is_written_plainly()
    {
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
        Run("      west: &s scene.tif\n      east: *s\n", works: false);
        Run("      west: scene.tif\n---\ntitle: two\n", works: false);
        Run("      !!str 30: scene.tif\n", works: false);
        Run("      [west]: scene.tif\n", works: false);
        Run("      west: \"scene\\u0007.tif\"\n", works: false);
        Run("      '30': scene.tif\n", works: true);
    }

    private void Run(string tiles, bool works)
    {
        File.WriteAllText(PathOf("project.yaml"), Head + tiles);
        if (works) Works("run", "project.yaml", "--dry-run");
        else Fails("run", "project.yaml", "--dry-run");
    }
}
