using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>Cuts a block into fields: strips along the block's direction, each cut across at its own places.</summary>
internal static class Parcels
{
    /// <summary>The field at a position.</summary>
    /// <param name="block">The block that the position lies in.</param>
    /// <param name="x">Column in the plane.</param>
    /// <param name="y">Row in the plane.</param>
    /// <param name="marginDistance">Distance in pixels to the field's margin.</param>
    /// <returns>The field's key.</returns>
    public static ulong Locate(BlockMap.Block block, float x, float y, out float marginDistance)
    {
        float dx = x - block.X, dy = y - block.Y;
        float along = dx * block.DirectionX + dy * block.DirectionY, across = dy * block.DirectionX - dx * block.DirectionY;
        (int strip, float stripMargin) = Cut(block.Key, across / block.ParcelWidth);
        ulong stripKey = Hash.Of(block.Key, (ulong)(uint)strip);
        float length = block.ParcelLength * (0.6f + Hash.Unit(stripKey));
        (int part, float partMargin) = Cut(stripKey, along / length + Hash.Unit(stripKey << 20));
        marginDistance = MathF.Min(stripMargin * block.ParcelWidth, partMargin * length);
        return Hash.Of(stripKey, (ulong)(uint)part);
    }

    // Border k lies at k + 0.45 u_k with u_k uniform, so pieces are 0.55 .. 1.45 wide and a position is in piece floor or the one before.
    private static (int Index, float Margin) Cut(ulong key, float position)
    {
        int index = (int)MathF.Floor(position);
        float Border(int k) => k + 0.45f * Hash.Unit(Hash.Of(key, (uint)k + (1ul << 40)));
        float low = Border(index);
        if (position >= low) return (index, MathF.Min(position - low, Border(index + 1) - position));
        return (index - 1, MathF.Min(low - position, position - Border(index - 1)));
    }
}
