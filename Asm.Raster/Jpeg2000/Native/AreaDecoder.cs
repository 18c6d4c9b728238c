using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Asm.Raster.Grids;

namespace Asm.Raster.Jpeg2000.Native;

/// <summary>Decodes a part of a codestream with OpenJPEG. Every call has a codec of its own, so calls may run at the same time.</summary>
internal static unsafe class AreaDecoder
{
    /// <summary>Messages that are kept of one call; a damaged tile can cause thousands.</summary>
    private const int MostMessages = 3;

    /// <summary>Receives one component of the area: its samples row after row.</summary>
    public delegate void Receiver(int component, ReadOnlySpan<int> samples);

    /// <summary>Decodes an area.</summary>
    /// <param name="library">OpenJPEG.</param>
    /// <param name="codestream">
    /// Main header, tile-parts and end marker; tile-parts of tiles that do not meet the area may be left out.
    /// </param>
    /// <param name="area">The area on the reference grid of the codestream.</param>
    /// <param name="components">How many components the codestream has, all without subsampling.</param>
    /// <param name="receive">Called once for each component.</param>
    /// <returns>Null, or what went wrong.</returns>
    public static string? Decode(OpenJpeg library, ReadOnlySpan<byte> codestream, PixelWindow area, int components, Receiver receive)
    {
        var messages = new List<string>();
        GCHandle handle = GCHandle.Alloc(messages);
        nint codec = 0, stream = 0;
        OpjImage* image = null;
        fixed (byte* data = codestream)
        {
            var state = new MemoryStreamState { Data = data, Length = codestream.Length };
            try
            {
                codec = library.CreateDecompress(OpenJpeg.Codestream);
                stream = library.CreateStream((nuint)Math.Clamp(codestream.Length, 1 << 10, 1 << 20), 1);
                if (codec == 0 || stream == 0) return "OpenJPEG has no memory for a decoder";
                library.SetErrorHandler(codec, &Note, GCHandle.ToIntPtr(handle));
                library.SetRead(stream, &MemoryStreamState.Read);
                library.SetSkip(stream, &MemoryStreamState.Skip);
                library.SetSeek(stream, &MemoryStreamState.Seek);
                library.SetUserData(stream, &state, 0);
                library.SetUserDataLength(stream, (ulong)codestream.Length);
                byte[] parameters = new byte[OpenJpeg.ParameterBytes];
                fixed (byte* pinned = parameters)
                {
                    library.SetDefaultParameters(pinned);
                    if (library.SetupDecoder(codec, pinned) == 0) return Explain(messages);
                }
                if (library.SetStrictMode is not null) library.SetStrictMode(codec, 1);
                if (library.ReadHeader(stream, codec, &image) == 0
                    || library.SetDecodeArea(codec, image, area.Column, area.Row, area.Right, area.Bottom) == 0
                    || library.Decode(codec, stream, image) == 0)
                    return Explain(messages);
                if (image->ComponentCount != components) return $"has {image->ComponentCount} components there";
                for (int c = 0; c < components; c++)
                {
                    OpjComponent component = image->Components[c];
                    if (component.Samples is null || component.Width != area.Width || component.Height != area.Height)
                        return Explain(messages);
                    receive(c, new ReadOnlySpan<int>(component.Samples, checked((int)area.PixelCount)));
                }
                return null;
            }
            finally
            {
                if (image is not null) library.DestroyImage(image);
                if (codec != 0) library.DestroyCodec(codec);
                if (stream != 0) library.DestroyStream(stream);
                handle.Free();
            }
        }
    }

    private static string Explain(List<string> messages) =>
        messages.Count == 0 ? "the decoder gives no reason" : string.Join("; ", messages);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Note(byte* message, nint target)
    {
        if (GCHandle.FromIntPtr(target).Target is List<string> { Count: < MostMessages } messages
            && Marshal.PtrToStringUTF8((nint)message) is { } text)
            messages.Add(text.Trim());
    }
}
