namespace Asm.Tests.Structure;

/// <summary>The house stands as CONTRIBUTING.md says. With ASM_DRAW_HOUSE=1 the drawing there is written anew instead of checked.</summary>
public sealed class HouseTests(HouseFixture fixture) : IClassFixture<HouseFixture>
{
    private readonly House _house = fixture.House;

    private static string Contributing => File.ReadAllText(HouseFiles.Contributing).ReplaceLineEndings("\n");

    [Fact]
    public void No_rooms_use_one_another_in_a_circle() => AssertNone(RoomCircle.Find(_house).Select(circle => circle.ToString()));

    [Fact]
    public void Libraries_are_used_in_their_rooms_only() => AssertNone(new LibraryRules(Contributing).Broken(_house));

    [Fact]
    public void Every_name_is_understood() => AssertNone(_house.Unknown);

    [Fact]
    public void The_drawing_is_the_current_one()
    {
        string drawn = new HouseDrawing(_house, HouseFiles.Projects.Where(project => project.IsProduct)).Into(Contributing);
        if (Environment.GetEnvironmentVariable("ASM_DRAW_HOUSE") == "1") File.WriteAllText(HouseFiles.Contributing, drawn);
        Assert.True(drawn == Contributing, "The rooms changed. If that is meant, draw them anew as CONTRIBUTING.md says.");
        AssertNone(HouseDrawing.Purposes(drawn).Where(room => room.Value == HouseDrawing.Unwritten)
            .Select(room => $"Write into CONTRIBUTING.md what {room.Key} is for."));
    }

    private static void AssertNone(IEnumerable<string> findings) => Assert.True(!findings.Any(), string.Join('\n', findings));
}
