using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Asm.Raster;
using Google.Protobuf;

namespace Asm.Training.Fitting;

/// <summary>
/// The scalars of a run as TensorBoard reads them: a TFRecord file of Event messages, one file each time that the run starts or goes on. A
/// record is the data's length (uint64), the length's masked CRC-32C, the data, its masked CRC-32C, all little-endian
/// (https://www.tensorflow.org/tutorials/load_data/tfrecord).
/// </summary>
internal sealed class EventLog : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    /// <summary>Starts a file.</summary>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <param name="resumedStep">
    /// The step that the run goes on from: TensorBoard then forgets what earlier files say of later steps. Null: it starts anew.
    /// </param>
    /// <exception cref="AsmException">The file cannot be written.</exception>
    public EventLog(string folder, long? resumedStep)
    {
        Directory.CreateDirectory(folder);
        // TensorBoard reads files in the order of their names, and a run may go on within the second that it started in.
        long second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string Name(long at) =>
            Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{at:D10}.asm-train"));
        while (File.Exists(Name(second))) second++;
        _path = Name(second);
        _file = File.Create(_path);
        Write(new Event { FileVersion = "brain.Event:2" });
        if (resumedStep is { } step)
            Write(new Event { Step = step + 1, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
        _file.Flush();
    }

    /// <summary>The event files of a folder.</summary>
    public static string[] Files(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "events.out.tfevents.*.asm-train") : [];

    /// <summary>
    /// Adds an epoch: train/loss, validation/loss, learning_rate, wait_share, and accuracy and iou of each class and
    /// their means, at its last step.
    /// </summary>
    /// <exception cref="AsmException">The file cannot be written.</exception>
    public void Add(EpochResult result, IReadOnlyList<string> classNames)
    {
        var summary = new Summary();
        void Scalar(string tag, double? value)
        {
            if (value is { } known) summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)known });
        }

        Scalar("train/loss", result.TrainLoss);
        Scalar("validation/loss", result.ValidationLoss);
        Scalar("learning_rate", result.LearningRate);
        Scalar("wait_share", result.WaitShare);
        Scalar("accuracy/mean", result.MeanAccuracy);
        Scalar("iou/mean", result.MeanIntersectionOverUnion);
        for (int i = 0; i < result.Accuracy.Length; i++)
        {
            Scalar($"accuracy/{classNames[i]}", result.Accuracy[i]);
            Scalar($"iou/{classNames[i]}", result.IntersectionOverUnion[i]);
        }

        try
        {
            Write(new Event { Step = result.Step, Summary = summary });
            _file.Flush();
        }
        catch (IOException e)
        {
            throw new AsmException(
                $"{_path}: cannot be written ({e.Message})\n  expected: a folder with room"
                + "\n  fix: make room and go on with --resume; the checkpoint before it, where there is one, is whole", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// CRC-32C (Castagnoli), rotated and offset as TFRecord has it, so that a checksum over data that holds one stays good.
    /// </summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data) crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }

    private void Write(Event message)
    {
        message.WallTime = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        byte[] data = message.ToByteArray(), record = new byte[8 + 4 + data.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedChecksum(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), MaskedChecksum(data));
        _file.Write(record);
    }
}
