using System.Collections.Concurrent;
using Asm.Raster.Grids;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>
/// A window of the plane while it is painted: for every pixel the object that covers it, and its land use. Painters may only let a pixel
/// depend on seed, season and absolute position, so that any window shows the same ground.
/// </summary>
internal sealed class Canvas
{
    // About 12 MB each, and as many as threads have ever read at once: scenes come and go, the memory stays.
    private static readonly ConcurrentBag<Canvas> Idle = [];

    private readonly Dictionary<ulong, int> _index = [];
    private readonly List<float[]> _spare = [];
    private readonly List<float[]> _lent = [];
    private int _lastIndex = -1;
    private ulong _lastKey;

    /// <summary>The pixels, in the plane's coordinates.</summary>
    public PixelWindow Window { get; private set; }

    /// <summary>Position in <see cref="Objects"/> of what covers each pixel, row after row.</summary>
    public int[] Covering { get; private set; } = [];

    /// <summary>Land use of each pixel, row after row.</summary>
    public byte[] LandUses { get; private set; } = [];

    /// <summary>The objects that occur: what they are made of, and the key of each one's own choices.</summary>
    public List<(Surface Surface, ulong Key)> Objects { get; } = [];

    /// <summary>Pixels of the window.</summary>
    public int Count => Window.Width * Window.Height;

    /// <summary>A canvas for one thread, to be given back.</summary>
    public static Canvas Rent() => Idle.TryTake(out Canvas? canvas) ? canvas : new Canvas();

    /// <summary>Gives a canvas back.</summary>
    public static void Return(Canvas canvas) => Idle.Add(canvas);

    /// <summary>Starts a window afresh.</summary>
    public void Begin(PixelWindow window)
    {
        Window = window;
        if (Covering.Length < Count) (Covering, LandUses) = (new int[Count], new byte[Count]);
        Objects.Clear();
        _index.Clear();
        _lastIndex = -1;
        _spare.AddRange(_lent);
        _lent.Clear();
    }

    /// <summary>A buffer of the window's size, with any content, to be used until the next <see cref="Begin"/>.</summary>
    public float[] Borrow()
    {
        float[] buffer = [];
        if (_spare.Count > 0)
        {
            buffer = _spare[^1];
            _spare.RemoveAt(_spare.Count - 1);
        }
        if (buffer.Length < Count) buffer = new float[Count];
        _lent.Add(buffer);
        return buffer;
    }

    /// <summary>A smooth random field over the window; see <see cref="SmoothNoise.Fill"/>.</summary>
    public float[] Noise(ulong seed, float wavelength, int octaves)
    {
        float[] field = Borrow();
        SmoothNoise.Fill(seed, wavelength, octaves, Window, field);
        return field;
    }

    /// <summary>Covers a pixel with an object.</summary>
    public void Paint(int pixel, Surface surface, ulong key, byte landUse)
    {
        key = Hash.Of(key, (ulong)surface);
        if (key != _lastKey || _lastIndex < 0)
        {
            _lastKey = key;
            if (!_index.TryGetValue(key, out _lastIndex))
            {
                _lastIndex = Objects.Count;
                _index.Add(key, _lastIndex);
                Objects.Add((surface, key));
            }
        }
        Covering[pixel] = _lastIndex;
        LandUses[pixel] = landUse;
    }

    /// <summary>What covers a pixel now.</summary>
    public Surface SurfaceAt(int pixel) => Objects[Covering[pixel]].Surface;

    /// <summary>The part of the window within a distance of a point, for painting an object pixel by pixel.</summary>
    public PixelWindow Around(float x, float y, float reach)
    {
        int left = (int)MathF.Floor(x - reach), top = (int)MathF.Floor(y - reach), size = (int)MathF.Ceiling(2 * reach) + 2;
        return Window.Intersect(new PixelWindow(left, top, size, size));
    }

    /// <summary>The position in the buffers of a pixel of the plane.</summary>
    public int At(int column, int row) => (row - Window.Row) * Window.Width + column - Window.Column;
}
