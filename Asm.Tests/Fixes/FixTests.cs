using System.Reflection;
using System.Text.RegularExpressions;
using Asm.Tests.Structure;

namespace Asm.Tests.Fixes;

/// <summary>
/// Each fix that the sources can print is tried by a test, or is advice that no test can follow, listed in Advice.txt. Advice that names
/// something to run or to set says there why it is not tried.
/// </summary>
public sealed partial class FixTests(HouseFixture fixture) : IClassFixture<HouseFixture>
{
    private const string Why = "  not tried: ";

    private readonly IReadOnlyList<(string Text, string Path)> _printed = FixTexts.Read(fixture.House);

    [Fact]
    public void Every_fix_is_tried_or_listed_as_advice()
    {
        string[] tried = [.. Tried()];
        Dictionary<string, string?> advice = Advice();
        string[] wrong =
        [
            .. _printed.Where(fix => !tried.Contains(fix.Text) && !advice.ContainsKey(fix.Text))
                .Select(fix => $"{fix.Path} prints '{fix.Text}': write a test with [Fix(\"...\")], or put it into Advice.txt where there is nothing to run"),
            .. tried.Except(_printed.Select(fix => fix.Text)).Select(fix => $"[Fix(\"{fix}\")] is tried and nowhere printed"),
            .. advice.Keys.Except(_printed.Select(fix => fix.Text)).Select(fix => $"Advice.txt has '{fix}', which is nowhere printed"),
            .. advice.Keys.Intersect(tried).Select(fix => $"Advice.txt has '{fix}', which is tried"),
            .. advice.Where(fix => fix.Value is null && Runnable().IsMatch(fix.Key))
                .Select(fix => $"Advice.txt has '{fix.Key}', which names something to run or set: try it, or say there why not"),
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Tried() =>
        (from type in typeof(FixTests).Assembly.GetTypes()
         from method in type.GetMethods()
         from fix in method.GetCustomAttributes<FixAttribute>()
         select fix.Text).Distinct();

    private static Dictionary<string, string?> Advice()
    {
        var advice = new Dictionary<string, string?>(StringComparer.Ordinal);
        string last = "";
        foreach (string line in File.ReadAllLines(Path.Combine(HouseFiles.Root, "Asm.Tests", "Fixes", "Advice.txt")))
            if (line.StartsWith(Why, StringComparison.Ordinal)) advice[last] = line[Why.Length..];
            else advice.Add(last = line, null);
        return advice;
    }

    [GeneratedRegex(@"`[a-z]|(^|[\s:(])(-{1,2}[a-z]|asm(-train)? |gdal|ogr)")]
    private static partial Regex Runnable();
}
