using OpenQA.Selenium.Chrome;

namespace Asm.Tests.Support;

/// <summary>Chromium without a window, driven by tests; tests skip by name where it is not installed.</summary>
internal static class Browser
{
    /// <summary>Starts a browser that saves downloads in a folder.</summary>
    public static ChromeDriver Start(string downloads)
    {
        string? browser = Find("chromium", "chromium-browser", "google-chrome"), driver = Find("chromedriver");
        Assert.SkipWhen(browser is null || driver is null, "needs Chromium and ChromeDriver on the PATH, which are not installed");
        var options = new ChromeOptions { BinaryLocation = browser };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--window-size=1280,900", $"--user-data-dir={Path.Combine(downloads, "profile")}");
        options.AddUserProfilePreference("download.default_directory", downloads);
        options.SetLoggingPreference("browser", OpenQA.Selenium.LogLevel.All);
        var service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(driver), Path.GetFileName(driver));
        service.SuppressInitialDiagnosticInformation = true;
        return new ChromeDriver(service, options);
    }

    private static string? Find(params string[] names) => names
        .SelectMany(n => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, n)))
        .FirstOrDefault(File.Exists);
}
