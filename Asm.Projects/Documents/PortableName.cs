namespace Asm.Projects.Documents;

/// <summary>Names of files that every system can have: a run's folder may be copied from one to another.</summary>
internal static class PortableName
{
    private const string Forbidden = "<>:\"/\\|?*";

    // Microsoft, "Naming Files, Paths, and Namespaces": devices, whatever follows a dot.
    private static readonly HashSet<string> s_devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789\u00b9\u00b2\u00b3".SelectMany(digit => (string[])[$"COM{digit}", $"LPT{digit}"]),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Why Windows cannot have a file of a name; null where it can.</summary>
    public static string? Fault(string name)
    {
        if (name.Length == 0) return "is empty";
        foreach (char c in name)
            if (char.IsControl(c)) return "holds a control character";
            else if (Forbidden.Contains(c, StringComparison.Ordinal)) return $"holds {c}";
        if (name[^1] is '.' or ' ') return "ends with a dot or a space";
        return s_devices.Contains(name.Split('.')[0].TrimEnd()) ? "is the name of a device on Windows" : null;
    }

    /// <summary>Why Windows cannot have a path as it was written; null where it can.</summary>
    public static string? FaultOfPath(string path) =>
        path[(Path.GetPathRoot(path) ?? "").Length..]
            .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not ("." or ".."))
            .Select(part => Fault(part) is { } fault ? $"'{part}' {fault}" : null).FirstOrDefault(fault => fault is not null);
}
