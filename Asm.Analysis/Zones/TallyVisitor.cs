using System.Runtime.InteropServices;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Coverage;

namespace Asm.Analysis.Zones;

/// <summary>Tallies the pixels of one shape in a strip, in all maps of the strip.</summary>
internal readonly struct TallyVisitor(CodeStrip strip, ClassTally[] tallies, GroundArea ground) : ICoverageVisitor
{
    public void Run(int row, int column, int endColumn)
    {
        for (int map = 0; map < tallies.Length; map++)
            tallies[map].AddRun(ref MemoryMarshal.GetReference(strip.Codes(map, row, column)), endColumn - column, row, column, ground);
    }

    public void Part(int row, int column, double share)
    {
        double area = ground.OfPixel(column, row);
        for (int map = 0; map < tallies.Length; map++) tallies[map].AddPart(strip.Codes(map, row, column)[0], share, area);
    }
}
