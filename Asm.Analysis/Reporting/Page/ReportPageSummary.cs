namespace Asm.Analysis.Reporting.Page;

/// <summary>What a page holds.</summary>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Pictures">Pictures of the map in it.</param>
/// <param name="PictureBytes">Their share of the size.</param>
public sealed record ReportPageSummary(long Bytes, int Pictures, long PictureBytes);
