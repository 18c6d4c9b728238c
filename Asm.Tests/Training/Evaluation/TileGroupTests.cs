using Asm.Raster;
using Asm.Training.Evaluation;

namespace Asm.Tests.Training.Evaluation;

public sealed class TileGroupTests
{
    [Fact]
    public void Patterns_choose_tiles_and_names_may_hold_an_equals_sign()
    {
        IReadOnlyList<LabelledTile> tiles = TileGroup.Assign([Tile("ghana-1"), Tile("ghana-2"), Tile("surinam")], ["shift=0=ghana-?", "new place = surinam"]);
        Assert.Equal(["shift=0", "shift=0", "new place"], tiles.Select(t => t.Group));
    }

    [Theory]
    [InlineData("ghana-1", "'ghana-1'\n  expected: NAME=TILE,TILE")]
    [InlineData("x=peru", "no tile is called peru\n  expected: one of ghana-1, ghana-2")]
    [InlineData("x=", "no tile is called \n")]
    [InlineData("y=ghana-2", "ghana-2 is in x and in y")]
    public void What_makes_no_groups_is_refused(string group, string expected) =>
        Assert.Contains(expected, Assert.Throws<AsmException>(() => TileGroup.Assign([Tile("ghana-1"), Tile("ghana-2")], ["x=ghana-*", group])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_many_chips_the_group_alone_is_listed()
    {
        Assert.True(TileGroup.Of([.. Enumerable.Range(0, 20).Select(i => Tile($"{i}"))])[0].Listed);
        Assert.False(TileGroup.Of([.. Enumerable.Range(0, 21).Select(i => Tile($"{i}"))])[0].Listed);
    }

    [Theory]
    [InlineData("runs/unet.onnx", "unet", "runs/unet.onnx")]
    [InlineData("U-Net=runs/unet.onnx", "U-Net", "runs/unet.onnx")]
    [InlineData("=x.onnx", "=x", "=x.onnx")]
    public void A_file_may_be_given_a_name(string text, string name, string file) => Assert.Equal(new NamedPath(name, file), NamedPath.Parse(text));

    private static LabelledTile Tile(string name) => new()
    {
        Name = name,
        ClassNames = [],
        OpenStack = () => throw new NotSupportedException(),
        OpenLabels = () => throw new NotSupportedException(),
        Files = [],
    };
}
