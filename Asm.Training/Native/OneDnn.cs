using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Native;

/// <summary>Switches oneDNN, which computes libtorch's convolutions on the CPU, off where it computes them wrong.</summary>
/// <remarks>
/// Found on a virtual machine that hides the processor's caches (CPUID leaves 4 and 0x8000001D are zero): oneDNN 3.7.1, which is in
/// libtorch 2.10, then takes the first cache for 1 byte large, and orders the loops of its JIT reorder so that the loop over padding is no
/// longer the outermost. The kernel still clears that padding as if it were one piece: weights that are padded in both channel dimensions
/// lose values to zero, and keep uninitialised memory elsewhere. Gradients are wrong, each time otherwise, and with some counts of channels
/// the outputs too. When a debugger made the cache 32 KiB large, all was right. The same is known of other processors
/// (https://github.com/uxlfoundation/oneDNN/issues/5313). Networks whose channels fill the blocks are right everywhere and keep oneDNN:
/// without it a training step takes eight times as long.
/// </remarks>
internal static unsafe class OneDnn
{
    private const string SetOneDnn = "_ZN2at7Context20setUserEnabledMkldnnEb", SetNnPack = "_ZN2at7Context20setUserEnabledNNPACKEb";
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(int Bands, int Width), bool> Checked = [];

    /// <summary>What to tell the user, for as long as the process lasts; null: nothing.</summary>
    public static string? Warning { get; private set; }

    /// <summary>Makes the convolutions of networks of this size right. To be called before the first; takes up to 0.2 s.</summary>
    /// <param name="bands">Bands of the input.</param>
    /// <param name="width">Filters of the first stage; each further stage has twice as many.</param>
    public static void Guard(int bands, int width)
    {
        if (FillsBlocks(bands, width)) return;
        lock (Gate)
        {
            if (Warning is not null) return;
            if (!Checked.TryGetValue((bands, width), out bool wrong))
                Checked.Add((bands, width), wrong = IsWrong(bands, width));
            if (!wrong) return;
            Warning = "oneDNN computes wrong gradients on this machine for networks of this size; "
                + (Switch(false)
                    ? "training goes on without it, up to eight times slower"
                    : "it cannot be switched off here, and results are wrong")
                + ". On processors with AVX-512 a width of 16, 32, 64 or 128 with at most 16 bands is not concerned";
        }
    }

    /// <summary>True where no weights are padded in both channel dimensions, whatever the processor: nothing to check.</summary>
    /// <remarks>
    /// oneDNN pads channels to blocks of 8, 16, 32, 48 or 64, as it likes for a layer, so that a width of 24 or 48 is not enough. The
    /// classes do not matter: the last layer is 1 x 1, and its padding is one piece.
    /// </remarks>
    internal static bool FillsBlocks(int bands, int width) => bands % 16 == 0 && WidthFillsBlocks(width);

    /// <summary>Switches oneDNN on or off, and NNPACK with it.</summary>
    /// <returns>False where this build of libtorch does not say how, and nothing was changed.</returns>
    internal static bool Switch(bool on)
    {
        // What oneDNN leaves goes to NNPACK next, which does not run on such machines either, and says so at every convolution.
        Set(SetNnPack, on);
        return Set(SetOneDnn, on);
    }

    /// <summary>True where convolutions or their gradients differ from those in double precision, which oneDNN has no part in.</summary>
    internal static bool IsWrong(int bands, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = enable_grad();
        int threads = get_num_threads();
        // On one thread the whole reorder is one kernel, and what it does wrong does not depend on how the work was divided.
        set_num_threads(1);
        // It is asked in double precision too, and complains.
        Set(SetNnPack, false);
        try
        {
            // With AVX-512 the first layer has a kernel that pads no bands. Other widths go wrong in some layer if anything does.
            return WidthFillsBlocks(width) ? Differs(bands, width) : Differs(4, 4) || Differs(20, 16);
        }
        finally
        {
            Set(SetNnPack, Warning is null);
            set_num_threads(threads);
        }
    }

    private static bool WidthFillsBlocks(int width) => width >= 16 && int.IsPow2(width);

    // TorchSharp does not reach these switches, so the methods of at::globalContext() are called by their names in the library. Only the
    // names on Linux are known here: libtorch for macOS on arm64 has no such oneDNN, and on Windows, where names are other ones, the fault
    // was not seen.
    private static bool Set(string setter, bool on)
    {
        if (!OperatingSystem.IsLinux() || TorchLibrary.Find("libtorch_cpu.so") is not { } path) return false;
        if (!NativeLibrary.TryLoad(path, out nint library)) return false;
        if (!NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)) return false;
        if (!NativeLibrary.TryGetExport(library, setter, out nint set)) return false;
        ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), on ? (byte)1 : (byte)0);
        return true;
    }

    private static bool Differs(int input, int output)
    {
        Tensor[] right = Convolve(input, output, ScalarType.Float64), found = Convolve(input, output, ScalarType.Float32);
        // Not a number is a difference too.
        return right.Zip(found).Any(p => !(Largest(p.First - p.Second) < 1e-3 * Largest(p.First)));

        static double Largest(Tensor values) => values.abs().max().ToDouble();
    }

    // Output and the gradients of input and weights.
    private static Tensor[] Convolve(int input, int output, ScalarType type)
    {
        Tensor x = Values(2, input, 16, 16).requires_grad_(), weights = Values(output, input, 3, 3).requires_grad_();
        Dirty();
        Tensor y = nn.functional.conv2d(x, weights, padding: [1, 1]);
        Tensor gradient = Values(2, output, 16, 16);
        Dirty();
        y.backward([gradient]);
        return [y, x.grad!, weights.grad!];

        // No random numbers: those of the run must not depend on whether this was checked.
        Tensor Values(params long[] shape) => arange(shape.Aggregate((a, b) => a * b), ScalarType.Float64).sin().reshape(shape).to(type);
    }

    // New memory is zero, as the padding should be, and would hide the fault: leave freed blocks of all sizes behind that are not.
    private static void Dirty()
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < 100; i++) full(16L << (i % 12), double.NaN, ScalarType.Float32);
    }
}
