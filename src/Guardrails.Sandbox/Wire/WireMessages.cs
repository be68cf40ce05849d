namespace Guardrails.Sandbox;

/// <param name="Headers">By name, in any case.</param>
/// <param name="Body">Cut after <see cref="MaximumBody"/> bytes; then <paramref name="BodyTooLarge"/> is true.</param>
internal sealed record WireRequest(string Method, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, bool BodyTooLarge)
{
    /// <summary>The largest request of the model is a NextToken of 100,000 characters, each at most 12 bytes; AWS's own limit isn't documented.</summary>
    public const int MaximumBody = 2 << 20;

    /// <summary>Of the address, from the first slash on.</summary>
    public string Path { get; init; } = "/";

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <param name="Body">As it would be without a fault in delivery.</param>
internal sealed record WireResponse(int Status, string ContentType, byte[] Body, string RequestId, Delivery Delivery = Delivery.Whole)
{
    /// <summary>The header x-amzn-ErrorType, by which REST services name an error; null for none.</summary>
    public string? ErrorType { get; init; }
}

/// <summary>What the client gets of an answer.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>The headers promise the whole body, the connection ends in its middle.</summary>
    Truncated,

    /// <summary>The connection ends without an answer, or at least without its first byte.</summary>
    Dropped,
}
