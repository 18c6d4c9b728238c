using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Stages;

public sealed class ProvenanceTests
{
    [Fact]
    public void Metadata_name_tool_inputs_model_and_options_and_nothing_of_the_machine()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("B02.tif"), "abc");
        File.WriteAllText(folder.File("B03.tif"), "");
        var provenance = new Asm.Maps.Stages.Provenance
        {
            Stage = "prepare",
            Inputs = Asm.Maps.Stages.FileHash.Identify([folder.File("B02.tif"), folder.File("B03.tif")], new RunOptions { Cancellation = TestContext.Current.CancellationToken }),
            Model = new("m.onnx", new('0', 64)),
            Options = new Dictionary<string, string> { ["quantification"] = "10000", ["offset"] = "-1000" },
        };
        IReadOnlyDictionary<string, string> items = provenance.ToMetadata();
        Assert.Equal(["ASM_INPUTS", "ASM_MODEL", "ASM_OPTIONS", "ASM_TOOL"], items.Keys);
        // SHA-256 of "abc" and of nothing are test vectors of FIPS 180-4.
        Assert.Equal("[{\"name\":\"B02.tif\",\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"},"
            + "{\"name\":\"B03.tif\",\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}]", items["ASM_INPUTS"]);
        Assert.Equal("{\"offset\":\"-1000\",\"quantification\":\"10000\"}", items["ASM_OPTIONS"]);
        Assert.Equal($"[{{\"name\":\"m.onnx\",\"sha256\":\"{new string('0', 64)}\"}}]", items["ASM_MODEL"]);
        Assert.Equal("AsmOnnx 0.1.0 prepare", items["ASM_TOOL"]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var error = Assert.Throws<AsmException>(() => Asm.Maps.Stages.FileHash.Identify(["nowhere.tif"], new RunOptions { Cancellation = TestContext.Current.CancellationToken }));
        Assert.StartsWith("nowhere.tif: cannot be read: ", error.Message, StringComparison.Ordinal);
    }
}
