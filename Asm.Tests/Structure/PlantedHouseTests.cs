namespace Asm.Tests.Structure;

/// <summary>Faults planted into small houses are found and named.</summary>
public sealed class PlantedHouseTests
{
    private static readonly SourceFile Floor = new("Asm.Planted/Below/Floor.cs", """
        namespace Asm.Planted.Below;
        public class Floor { public int Area => 1; public static Floor[] All => []; }
        """);

    [Fact]
    public void A_circle_is_found_and_each_of_its_arrows_named()
    {
        House house = House.Read([Floor,
            new("Asm.Planted/Middle/Stairs.cs", "namespace Asm.Planted.Middle; class Stairs { Below.Floor _from; Above.Roof _to; }"),
            new("Asm.Planted/Above/Roof.cs", "namespace Asm.Planted.Above; class Roof { Middle.Stairs _down; }")]);

        RoomCircle circle = Assert.Single(RoomCircle.Find(house));

        Assert.Equal("""
            Asm.Planted: a circle of Above, Middle
              Above -> Middle:
                Asm.Planted/Above/Roof.cs -> Stairs
              Middle -> Above:
                Asm.Planted/Middle/Stairs.cs -> Roof
            """, circle.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_long_circle_is_one_finding()
    {
        House house = House.Read([
            new("Asm.Planted/A/One.cs", "namespace Asm.Planted.A; class One { Asm.Planted.B.Two _next; }"),
            new("Asm.Planted/B/Two.cs", "namespace Asm.Planted.B; class Two { Asm.Planted.Three _next; }"),
            new("Asm.Planted/Three.cs", "namespace Asm.Planted; class Three { Asm.Planted.A.One _next; }"),
            new("Asm.Planted/C/Four.cs", "namespace Asm.Planted.C; class Four { Asm.Planted.A.One _first; }")]);

        Assert.Equal([".", "A", "B"], Assert.Single(RoomCircle.Find(house)).Rooms);
    }

    [Theory]
    [InlineData("class Roof { int Of() => Below.Floor.All[0].Area; }")]
    [InlineData("class Roof { void Of() { var all = Held.It; } }")]
    [InlineData("class Roof { int Of() => Held.It.Area; }")]
    [InlineData("class Roof { void Of() => Held.Put(new()); }")]
    [InlineData("/// <summary>Stands on <see cref=\"Below.Floor\"/>.</summary>\nclass Roof { }")]
    public void A_use_is_found_however_it_is_written(string roof)
    {
        House house = House.Read([Floor,
            new("Asm.Planted/Above/Held.cs", """
                namespace Asm.Planted.Above;
                class Held { public static Below.Floor It; public static void Put(Below.Floor it) { } }
                """),
            new("Asm.Planted/Above/Roof.cs", $"namespace Asm.Planted.Above;\n{roof}")]);

        RoomUse use = Assert.Single(house.RoomUses, use => use.File == "Asm.Planted/Above/Roof.cs");
        Assert.Equal(("Planted/Above", "Planted/Below", "Floor"), (use.From.ToString(), use.To.ToString(), use.Type));
    }

    [Fact]
    public void A_directive_alone_is_no_use() => Assert.Empty(House.Read([Floor,
        new("Asm.Planted/Above/Roof.cs", "using Asm.Planted.Below; namespace Asm.Planted.Above; class Roof { }")]).RoomUses);

    [Fact]
    public void Rooms_of_different_projects_make_no_circle() => Assert.Empty(RoomCircle.Find(House.Read([
        new("Asm.Planted/A/One.cs", "namespace Asm.Planted.A; class One { Asm.Other.A.Two _next; }"),
        new("Asm.Other/A/Two.cs", "namespace Asm.Other.A; class Two { Asm.Planted.A.One _next; }")])));

    [Fact]
    public void A_library_outside_of_its_rooms_is_named()
    {
        House house = House.Read([
            new("Asm.Planted/Shapes/Shape.cs", """
                using NetTopologySuite.Geometries;
                namespace Asm.Planted.Shapes;
                class Shape { public static Polygon It; }
                """),
            new("Asm.Planted/Above/Roof.cs", "namespace Asm.Planted.Above; class Roof { double Of() => Shapes.Shape.It.Area; }")]);

        Assert.Equal(["""
            NetTopologySuite is used outside of its rooms (Planted/Shapes):
              Asm.Planted/Above/Roof.cs: Polygon
            """], Broken(house, "| `NetTopologySuite` | Planted/Shapes |"));
    }

    [Fact]
    public void A_library_that_no_row_names_is_named()
    {
        House house = House.Read([
            new("Asm.Planted/A/One.cs", "namespace Asm.Planted.A; class One { ProjNet.CoordinateSystems.Ellipsoid _it; }")]);

        Assert.Equal(["""
            ProjNET has no row in the table of libraries:
              Asm.Planted/A/One.cs: Ellipsoid
            """], Broken(house, "| `NetTopologySuite` | tests only |"));
    }

    [Fact]
    public void A_row_that_allows_more_than_is_used_is_named() => Assert.Equal(
        ["Planted/Shapes does not use NetTopologySuite: take it out of the table of libraries"],
        Broken(House.Read([Floor]), "| `NetTopologySuite` | Planted/Shapes |"));

    [Fact]
    public void A_name_that_nobody_knows_is_told() => Assert.Equal(
        ["Asm.Planted/A/One.cs(2): Lost"],
        House.Read([new("Asm.Planted/A/One.cs", "namespace Asm.Planted.A;\nclass One { Lost _it; }")]).Unknown);

    [Fact]
    public void A_drawing_puts_each_room_above_what_it_uses_and_keeps_what_was_written()
    {
        House house = House.Read([Floor,
            new("Asm.Planted/Above/Roof.cs", "namespace Asm.Planted.Above; class Roof { Below.Floor _on; }"),
            new("Asm.Planted/Aside/Shed.cs", "namespace Asm.Planted.Aside; class Shed { }"),
            new("Asm.Base/Ground.cs", "namespace Asm.Base; class Ground { }")]);
        const string Before = """
            # Text
            <!-- drawing: begin -->
            | room | for |
            |---|---|
            | Planted/Below | `floors` |
            <!-- drawing: end -->
            more

            """;

        string drawn = new HouseDrawing(house, [new("Asm.Planted", ["Base"]), new("Asm.Base", [])]).Into(Before);

        Assert.Equal("""
            # Text
            <!-- drawing: begin -->
            ```
            Planted
            Base

            Planted  Above
                     Aside  Below

            Base     .
            ```

            | room | for |
            |---|---|
            | Planted/Above | ? |
            | Planted/Aside | ? |
            | Planted/Below | `floors` |
            | Base/. | ? |
            <!-- drawing: end -->
            more

            """, drawn, ignoreLineEndingDifferences: true);
    }

    private static IReadOnlyList<string> Broken(House house, string row) =>
        new LibraryRules($"| library | rooms that use it |\n|---|---|\n{row}\n").Broken(house);
}
