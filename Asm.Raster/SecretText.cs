using System.Text.RegularExpressions;

namespace Asm.Raster;

/// <summary>Text for messages without what opens other people's doors: passwords and keys in URLs of any scheme.</summary>
internal static partial class SecretText
{
    /// <summary>
    /// A text whose URLs have neither user, query nor fragment, and whose parameters that are called as keys are, have no value.
    /// </summary>
    public static string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains("//", StringComparison.Ordinal)) text = Query().Replace(User().Replace(text, ""), "$1");
        return text.Contains('=', StringComparison.Ordinal) ? Parameter().Replace(text, "$1…") : text;
    }

    [GeneratedRegex(@"(?<=(^|[\s'""(:=,])//)[^/\s@?#]+@")]
    private static partial Regex User();

    // A mark at the end of a URL belongs to the sentence around it.
    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]*://[^\s?#'""]*)[?#](?:[^\s'""]*[^\s'"",.:;)\]])?", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(@"\b((?:sig|signature|[a-z_-]*token|password|api_?key|awsaccesskeyid|x-(?:amz|goog)-[a-z-]+)=)[^\s&'""]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
