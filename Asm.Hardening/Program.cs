using System.Globalization;
using Asm.Hardening.Campaigns;

// fuzz [--hours N] [--mutants N] [--from N] [--targets a,b] [--program] [--table FILE]: damages files and sees what the programs make of
// them. show TARGET NUMBER FOLDER: makes one mutant, to look at.
// work ...: what fuzz starts.
return args switch
{
    ["work", string target, string from, string to, string folder, string how] =>
        Work(target, Number(from), Number(to), folder, how == "program"),
    ["show", string target, string number, string folder] => Show(target, Number(number), folder),
    ["fuzz", .. string[] options] => Fuzzing.Run(options),
    _ => Fuzzing.Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static Target Named(string name) => Target.All.First(target => target.Name == name);

static int Work(string target, int from, int to, string folder, bool byProgram)
{
    using var worker = new Worker(Named(target), folder, byProgram);
    worker.Run(from, to);
    return 0;
}

static int Show(string target, int number, string folder)
{
    Mutant mutant = Mutant.Make(Named(target), number, folder);
    Console.WriteLine($"damaged {mutant.Damaged}; cd {folder} and run: {string.Join(' ', Named(target).Arguments)}");
    return 0;
}
