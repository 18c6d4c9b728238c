using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using static Asm.Maps.Documents.YamlText;

namespace Asm.Training.Configuration;

/// <summary>What a text of YAML gives: a key that is left empty, as where all below it is commented out, has its default.</summary>
/// <param name="events">What the parser found in the text.</param>
internal sealed class GivenValues(IReadOnlyList<ParsingEvent> events) : IParser
{
    private readonly Stack<(bool IsMapping, bool IsKey)> _open = new();
    private int _next;

    /// <inheritdoc/>
    public ParsingEvent? Current { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (_next == events.Count) return false;
        bool isInside = _open.TryPeek(out (bool IsMapping, bool IsKey) place);
        while (isInside && place is { IsMapping: true, IsKey: true } && events[_next] is Scalar && IsEmpty(events[_next + 1])) _next += 2;
        ParsingEvent at = Current = events[_next++];
        if (at is MappingEnd or SequenceEnd)
        {
            _open.Pop();
            return true;
        }
        if (at is not NodeEvent) return true;
        if (isInside && !place.IsMapping && IsEmpty(at)) throw new YamlException(at.Start, at.End, "An item of the list is empty");
        if (isInside && place.IsMapping) _open.Push(_open.Pop() with { IsKey = !place.IsKey });
        if (at is MappingStart or SequenceStart) _open.Push((at is MappingStart, true));
        return true;
    }
}
