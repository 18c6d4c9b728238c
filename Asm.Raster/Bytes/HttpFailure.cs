namespace Asm.Raster.Bytes;

/// <summary>A failure that may pass.</summary>
/// <param name="Why">What happened, for the message when it does not pass.</param>
/// <param name="Pause">How long the server asks to wait; null where it does not say.</param>
internal readonly record struct HttpFailure(string Why, TimeSpan? Pause);
