namespace Asm.Tests.Structure;

/// <summary>A file of one room names a type of another, or a member of it.</summary>
internal sealed record RoomUse(string File, Room From, Room To, string Type);

/// <summary>A file names a type of a library, or a member of it. The library has its assembly's name.</summary>
internal sealed record LibraryUse(string File, Room Room, string Assembly, string Type);
