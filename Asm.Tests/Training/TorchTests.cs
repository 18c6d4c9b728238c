using Asm.Training.Native;
using TorchSharp;

namespace Asm.Tests.Training;

/// <summary>What every test with tensors needs: libtorch in the process, on one thread, and no tensor left behind.</summary>
[Collection("torch")]
public abstract class TorchTests : IDisposable
{
    private readonly DisposeScope _scope;

    protected TorchTests()
    {
        TorchLibrary.Load();
        torch.set_num_threads(1);
        _scope = torch.NewDisposeScope();
    }

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
