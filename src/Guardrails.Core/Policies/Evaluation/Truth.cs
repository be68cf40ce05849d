namespace Guardrails;

/// <summary>Kleene's three truth values, ordered so that AND is the smaller and OR the greater of two.</summary>
internal enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}

internal static class TruthLogic
{
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth Not(this Truth value) => (Truth)((int)Truth.True - (int)value);

    public static Truth And(this Truth one, Truth other) => one < other ? one : other;

    public static Truth Or(this Truth one, Truth other) => one > other ? one : other;
}
