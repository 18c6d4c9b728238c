using System.Text.RegularExpressions;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Raster;

public sealed class AsmExceptionTests
{
    [Fact]
    public void The_documented_codes_are_those_that_there_are()
    {
        string text = File.ReadAllText(Repository.File("docs/errors.md"));
        Assert.Equal(Enum.GetNames<AsmErrorCode>(), Regex.Matches(text, @"(?m)^\| `(\w+)` \|").Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void Settings_are_spelt_as_the_program_has_them_and_other_words_stay()
    {
        var error = new SettingException("cell", "is 7 m", "a multiple of 10", "give `cell` 10, or another `max-memory`; `not a setting`");
        Assert.Equal("`cell`: is 7 m\n  expected: a multiple of 10\n  fix: give `cell` 10, or another `max-memory`; `not a setting`", error.Message);
        Assert.Equal(
            "--cell: is 7 m\n  expected: a multiple of 10\n  fix: give --cell 10, or another --max-memory; `not a setting`",
            AsmException.Spell(error.Message, name => $"--{name}"));
    }

    [Fact]
    public void An_error_around_another_keeps_its_code() => Assert.Equal(
        AsmErrorCode.Memory, new AsmException("step 3: too little", new AsmException("a", "b", "c", "d", AsmErrorCode.Memory)).Code);
}
