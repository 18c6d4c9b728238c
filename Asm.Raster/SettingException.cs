namespace Asm.Raster;

/// <summary>A setting is out of its range, or does not go with the input or with another setting.</summary>
public sealed class SettingException : AsmException
{
    /// <summary>Creates the error.</summary>
    /// <param name="setting">The name of the setting, such as "cell".</param>
    /// <param name="found">What was found: "is 7".</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="fix">What the user can do.</param>
    /// <param name="code">What kind of error it is.</param>
    public SettingException(string setting, string found, string expected, string fix, AsmErrorCode code = AsmErrorCode.Setting)
        : base($"`{setting}`", found, expected, fix, code) => (Setting, Found, Expected) = (setting, found, expected);

    /// <summary>The name of the setting.</summary>
    public string Setting { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected instead.</summary>
    public string Expected { get; }
}
