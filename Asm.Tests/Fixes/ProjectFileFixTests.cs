using Asm.Inference.Model;
using Asm.Projects.Runs;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of project files and of what they name.</summary>
public sealed class ProjectFileFixTests : FixTrial
{
    private const string OneSeason = """
        model: model.onnx
        prediction: {preflight: off}
        mosaic: {rule: first}
        seasons:
          - name: a
            tiles: {west: scene.tif}

        """;

    private const string TwoSeasons = OneSeason + """
          - name: b
            tiles: {west: other.tif}

        """;

    private void Write(string text) => File.WriteAllText(PathOf("project.yaml"), text);

    [Fact]
    [Fix("asm init {} writes an example")]
    public void A_project_file_that_is_not_there_is_written_as_an_example()
    {
        Assert.Contains("asm init \"my places.yaml\" writes", Fails("run", "my places.yaml", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("asm run \"my places.yaml\" --dry-run", Works("init", "my places.yaml"), StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf("my places.yaml")));
    }

    [Fact]
    [Fix("give the project one season, each in a project of its own, or use a model of fewer classes")]
    public void A_model_of_many_classes_maps_one_season()
    {
        void SaveModel(int classes) => Network.UNet(classes: classes, depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32, metadata: (ModelMetadataKeys.Classes,
            $"[{string.Join(',', Enumerable.Range(1, classes).Select(c => $$"""{"code":{{c}},"name":"{{(c == 1 ? "mines" : $"other{c}")}}","color":"#{{c:d2}}5e00"}"""))}]"));
        SaveModel(10);
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Stacks.Write(PathOf("other.tif"), 48, 48);
        Write(TwoSeasons);
        Fails("run", "project.yaml", "--dry-run");
        Write(OneSeason);
        Works("run", "project.yaml", "--dry-run");
        SaveModel(9);
        Write(TwoSeasons);
        Works("run", "project.yaml", "--dry-run");
    }

    [Fact]
    [Fix("rename the scene, or a copy of it")]
    public void A_scene_of_a_name_that_not_every_system_takes_is_renamed()
    {
        Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32);
        Stacks.Write(PathOf("con.tif"), 48, 48);
        Write(OneSeason.Replace("scene.tif", "con.tif", StringComparison.Ordinal));
        Fails("run", "project.yaml", "--dry-run");
        File.Move(PathOf("con.tif"), PathOf("scene.tif"));
        Write(OneSeason);
        Works("run", "project.yaml", "--dry-run");
    }

    [Fact]
    public void Settings_in_a_finding_are_told_as_the_project_file_writes_them() =>
        Assert.Equal("check masks, prediction.offset and --zones",
            ProjectStep.Spell("check `mask`, `offset` and `zones`", "prediction", ["offset"]));
}
