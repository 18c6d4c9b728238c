using System.Buffers.Binary;
using Asm.Tests.Support;
using Asm.Training.Configuration;
using Asm.Training.Fitting;

namespace Asm.Tests.Training.Fitting;

public sealed class LossCurvesTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(30, true)]
    [InlineData(30, false)]
    public void The_picture_is_a_PNG_of_900_by_900_whatever_was_measured(int epochs, bool validation)
    {
        using var folder = new TempFolder();
        LossCurves.Write(folder.File("curves.png"), [.. Enumerable.Range(1, epochs).Select(e => Epoch(e, validation))], new FitConfig().Classes);
        byte[] file = File.ReadAllBytes(folder.File("curves.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], file[..4]);
        Assert.Equal((900, 900), (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20))));
        Assert.Equal(["curves.png"], folder.Names);
    }

    private static EpochResult Epoch(int epoch, bool validation) => new()
    {
        Epoch = epoch,
        Step = 1000 * epoch,
        Minutes = epoch,
        LearningRate = 0.05,
        TrainLoss = 0.3 + Math.Exp(-0.1 * epoch),
        ValidationLoss = validation ? 0.35 + Math.Exp(-0.1 * epoch) : null,
        IntersectionOverUnion = validation ? [0.8 - Math.Exp(-0.2 * epoch), epoch % 5 == 0 ? null : 0.7 - Math.Exp(-0.1 * epoch), 0.95] : [],
        MeanIntersectionOverUnion = validation ? 0.8 - 0.5 * Math.Exp(-0.1 * epoch) : null,
    };
}
