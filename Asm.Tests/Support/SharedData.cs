namespace Asm.Tests.Support;

/// <summary>Real data that lies beside the checkout in shared/data; tests that need it skip by name where it is missing.</summary>
internal static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>The path of a file or folder under shared/data; skips the test where it is not there.</summary>
    public static string Require(string relativePath)
    {
        string path = Root is null ? "" : Path.Combine(Root, relativePath);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"needs shared/data/{relativePath} beside the checkout (or ASM_SHARED_DATA), which is not there");
        return path;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ASM_SHARED_DATA") is { Length: > 0 } configured) return configured;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(beside)) return beside;
        }
        return null;
    }
}
