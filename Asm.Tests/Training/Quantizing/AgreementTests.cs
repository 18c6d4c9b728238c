using Asm.Training.Quantizing;

namespace Asm.Tests.Training.Quantizing;

public sealed class AgreementTests
{
    [Fact]
    public void Labels_and_probabilities_are_compared_where_there_is_data()
    {
        var agreement = new Agreement(2);
        // four pixels; the second changes its label, the last has no data
        agreement.Add([0.9f, 0.6f, 0.5f, 1, 0.1f, 0.4f, 0.5f, 0], [0.8f, 0.4f, 0.5f, 0, 0.2f, 0.6f, 0.5f, 1], [1, 1, 1, 0]);
        Assert.Equal(3, agreement.Pixels);
        Assert.Equal(2.0 / 3, agreement.LabelAgreement, 1e-9);
        Assert.Equal(0.2, agreement.LargestDifference, 1e-6);
        Assert.Equal((0.1 + 0.2) * 2 / 6, agreement.MeanDifference, 1e-6);
        Assert.Equal(2.0 / 3, agreement.IntersectionOverUnion(1), 1e-9); // a tie is the lower code
        Assert.Equal(0, agreement.IntersectionOverUnion(2));
    }
}
