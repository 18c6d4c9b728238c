using Asm.Training.Evaluation;

namespace Asm.Tests.Training.Evaluation;

public sealed class ReportTableTests
{
    private readonly ReportTable _table = new("Models against tiles", [("", "tile"), ("labelled", "pixels"), ("mean IoU", "a"), ("mean IoU", "forest"), ("mines|pits IoU", "a"), ("mines|pits IoU", "forest")]);

    public ReportTableTests()
    {
        _table.AddHeading("new place");
        _table.AddRow(["  ghana", "1,024", "0.500", "0.250", "-", "0.125"], [false, false, true, false, false, true]);
    }

    [Fact]
    public void Text_has_its_columns_in_line_and_shared_headings_once() => Assert.Equal("""
        Models against tiles
                 labelled  mean IoU       mines|pits IoU
        tile       pixels      a  forest    a     forest
        new place
          ghana     1,024  0.500   0.250    -      0.125

        """, _table.ToText());

    [Fact]
    public void Markdown_marks_the_best() => Assert.Equal("""
        **Models against tiles**

        | tile | labelled: pixels | mean IoU: a | mean IoU: forest | mines\|pits IoU: a | mines\|pits IoU: forest |
        |---|---:|---:|---:|---:|---:|
        | *new place* |  |  |  |  |  |
        | ghana | 1,024 | **0.500** | 0.250 | - | **0.125** |

        """, _table.ToMarkdown());
}
