using System.Buffers.Binary;
using Asm.Tests.Support;
using Asm.Training.Fitting;
using Google.Protobuf;

namespace Asm.Tests.Training.Fitting;

public sealed class EventLogTests
{
    private static readonly EpochResult Second = new()
    {
        Epoch = 2,
        Step = 16,
        Minutes = 1,
        LearningRate = 0.05,
        TrainLoss = 0.75,
        WaitShare = 0.01,
        ValidationLoss = 0.5,
        Accuracy = [0.875, null],
        IntersectionOverUnion = [0.625, null],
        MeanAccuracy = 0.875,
        MeanIntersectionOverUnion = 0.625,
    };

    // "123456789" has the CRC-32C e3069283; TensorFlow masks it by rotating right by 15 and adding a282ead8
    [Fact]
    public void The_checksum_is_the_masked_Castagnoli_one() => Assert.Equal(0xc78ab0e5u, EventLog.MaskedChecksum("123456789"u8));

    // The first 12 bytes of every event file that TensorFlow writes: length 24, and the masked checksum of that length.
    [Fact]
    public void A_file_starts_as_those_of_TensorFlow_do()
    {
        using var folder = new TempFolder();
        using (new EventLog(folder.FullPath, null)) { }
        byte[] file = File.ReadAllBytes(Assert.Single(EventLog.Files(folder.FullPath)));
        Assert.Equal([0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22], file[..12]);
    }

    [Fact]
    public void An_epoch_is_one_event_with_its_scalars_and_none_for_what_was_not_measured()
    {
        using var folder = new TempFolder();
        using (var log = new EventLog(folder.FullPath, null)) log.Add(Second, ["mines", "built"]);
        byte[][] records = Records(Assert.Single(EventLog.Files(folder.FullPath)));
        Assert.Equal(2, records.Length);
        (long step, Dictionary<string, float> scalars) = Scalars(records[1]);
        Assert.Equal(16, step);
        Assert.Equal(new Dictionary<string, float>
        {
            ["train/loss"] = 0.75f,
            ["validation/loss"] = 0.5f,
            ["learning_rate"] = 0.05f,
            ["wait_share"] = 0.01f,
            ["accuracy/mean"] = 0.875f,
            ["iou/mean"] = 0.625f,
            ["accuracy/mines"] = 0.875f,
            ["iou/mines"] = 0.625f,
        }, scalars);
    }

    [Fact]
    public void A_run_that_goes_on_adds_a_file_that_sorts_after_the_first_and_takes_back_later_steps()
    {
        using var folder = new TempFolder();
        using (new EventLog(folder.FullPath, null)) { }
        using (new EventLog(folder.FullPath, 8)) { }
        string[] files = [.. EventLog.Files(folder.FullPath).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        byte[][] records = Records(files[1]);
        // field 2, step 9; field 7, a message of 2 bytes: field 1, START = 1
        Assert.Equal([0x10, 9, 0x3a, 2, 0x08, 1], records[1][9..]);
    }

    // Written against the format's description, with a checksum of its own.
    private static byte[][] Records(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        var records = new List<byte[]>();
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Checksum(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Checksum(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(data);
            at += 16 + length;
        }

        return [.. records];
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = 0xffffffff;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static (long Step, Dictionary<string, float> Scalars) Scalars(byte[] data)
    {
        var input = new CodedInputStream(data);
        var scalars = new Dictionary<string, float>();
        long step = 0;
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (tag == 16) step = input.ReadInt64();
            else if (tag == 42)
            {
                var summary = new CodedInputStream(input.ReadBytes().ToByteArray());
                while (summary.ReadTag() == 10)
                {
                    var value = new CodedInputStream(summary.ReadBytes().ToByteArray());
                    Assert.Equal(10u, value.ReadTag());
                    string name = value.ReadString();
                    Assert.Equal(21u, value.ReadTag());
                    scalars.Add(name, value.ReadFloat());
                }
            }
            else input.SkipLastField();
        }

        return (step, scalars);
    }
}
