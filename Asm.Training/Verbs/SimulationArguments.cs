using System.CommandLine;
using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Simulation;
using Asm.Training.Datasets.Adapters;

namespace Asm.Training.Verbs;

/// <summary>The options of simulated scenes.</summary>
internal sealed class SimulationArguments
{
    private static readonly SimulationOptions Defaults = new();

    private readonly Option<string[]> _seeds = new("--seeds")
    {
        Description = "simulated: numbers, each another region",
        DefaultValueFactory = _ => ["1"],
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string[]> _places = new("--places")
    {
        Description = "simulated: COLUMN:ROW of a scene's first pixel in its region; places of a region share its radiometry",
        DefaultValueFactory = _ => ["0:0"],
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string> _size = new("--size")
    {
        Description = "simulated: WIDTHxHEIGHT in pixels of 10 m, or one number",
        DefaultValueFactory = _ => "1024"
    };
    private readonly Option<int> _seasons = new("--seasons")
    {
        Description = "simulated: mining seasons of each place",
        DefaultValueFactory = _ => 1
    };
    private readonly Option<string> _dates = new("--dates")
    {
        Description = "simulated: images a season, or the first and last of them: 4-6",
        DefaultValueFactory = _ => Defaults.DatesPerSeason.ToString(CultureInfo.InvariantCulture)
    };
    private readonly Option<double> _mines = new("--mine-density")
    {
        Description = "simulated: how much mining, 0 to 4",
        DefaultValueFactory = _ => Defaults.MineDensity
    };
    private readonly Option<double> _haze = new("--haze")
    {
        Description = "simulated: haze, 0 to 1",
        DefaultValueFactory = _ => Defaults.HazeStrength
    };
    private readonly Option<double> _shift = new("--radiometric-shift")
    {
        Description = "simulated: difference of gain and offset between dates, 0 to 3",
        DefaultValueFactory = _ => Defaults.RadiometricShift
    };
    private readonly Option<double> _clouds = new("--cloud-cover")
    {
        Description = "simulated: share of the ground under clouds, 0 to 0.9",
        DefaultValueFactory = _ => Defaults.CloudCover
    };

    private Option[] All => [_seeds, _places, _size, _seasons, _dates, _mines, _haze, _shift, _clouds];

    /// <summary>Adds them to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in All) verb.Options.Add(option);
    }

    /// <summary>The name of an option that is on the command line, or null.</summary>
    public string? FindGiven(ParseResult parsed) => All.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>The regions.</summary>
    public ulong[] Seeds(ParseResult parsed) => [.. DatasetArguments.Words(parsed.GetValue(_seeds)).Select(s =>
        ulong.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new AsmException("--seeds", $"'{s}'", "whole numbers", "for example: --seeds 1,2,3"))];

    /// <summary>The places in each region.</summary>
    public PixelOffset[] Places(ParseResult parsed) => [.. DatasetArguments.Words(parsed.GetValue(_places)).Select(text =>
    {
        int[] numbers = [.. text.Split(':').Select(n =>
            int.TryParse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int pixels) ? pixels : int.MaxValue)];
        return numbers.Length == 2 && Array.TrueForAll(numbers, n => Math.Abs((long)n) <= SimulatedInputs.MaxPlace)
            ? new PixelOffset(numbers[0], numbers[1])
            : throw new AsmException("--places", $"'{text}'",
                $"COLUMN:ROW, each {-SimulatedInputs.MaxPlace} to {SimulatedInputs.MaxPlace}", "for example: --places 0:0,5000:0");
    })];

    /// <summary>Everything but seed and place.</summary>
    public SimulationOptions Of(ParseResult parsed)
    {
        string[] sides = parsed.GetRequiredValue(_size).Split('x');
        int[] pixels = [.. sides.Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : 0)];
        if (pixels.Length is < 1 or > 2 || pixels.Contains(0))
            throw new AsmException("--size", $"'{parsed.GetRequiredValue(_size)}'",
                "WIDTHxHEIGHT in pixels, or one number", "for example: --size 640x480");
        return new SimulationOptions
        {
            Width = pixels[0],
            Height = pixels[^1],
            Seasons = parsed.GetValue(_seasons),
            DatesPerSeason = Dates(parsed).Last,
            MineDensity = parsed.GetValue(_mines),
            HazeStrength = parsed.GetValue(_haze),
            RadiometricShift = parsed.GetValue(_shift),
            CloudCover = parsed.GetValue(_clouds),
        };
    }

    /// <summary>First and last date of each season, from 1.</summary>
    public (int First, int Last) Dates(ParseResult parsed)
    {
        string text = parsed.GetRequiredValue(_dates);
        int[] ends = [.. text.Split('-')
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int date) ? date : 0)];
        return ends switch
        {
            [> 0] => (1, ends[0]),
            [> 0, > 0] when ends[0] <= ends[1] => (ends[0], ends[1]),
            _ => throw new AsmException("--dates", $"'{text}'",
                "a number of dates, or FIRST-LAST from 1", "for example: --dates 3, or --dates 4-6"),
        };
    }

    /// <summary>What they are, in a few words.</summary>
    public string Describe(ParseResult parsed) =>
        $"simulated Sentinel-2 scenes of AsmOnnx, {Seeds(parsed).Length * Places(parsed).Length} places";
}
