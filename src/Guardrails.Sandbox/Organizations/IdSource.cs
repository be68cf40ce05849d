namespace Guardrails.Sandbox;

/// <summary>Ids in AWS's formats out of a seed and a counter: the same seed and the same calls give the same ids.</summary>
/// <remarks>Formats: AWS Organizations API model 2016-11-28 (August 2026).</remarks>
internal sealed class IdSource(long seed, long counter)
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Digits = "0123456789";

    public long Seed { get; } = seed;

    public long Counter { get; private set; } = counter;

    /// <summary>The next place in listings.</summary>
    public long NextSequence() => ++Counter;

    public string Organization() => "o-" + Text(LettersAndDigits, 10);

    public string Root() => "r-" + Text(LettersAndDigits, 4);

    public string Unit(string rootId) => string.Concat("ou-", rootId.AsSpan(2), "-", Text(LettersAndDigits, 8));

    public string Policy() => "p-" + Text(LettersAndDigits, 10);

    public string Creation() => "car-" + Text(LettersAndDigits, 32);

    public string Account()
    {
        // Real ids have no leading zero as a rule, and a spreadsheet would eat one.
        var digits = Text(Digits, 12);
        return digits[0] == '0' ? "1" + digits[1..] : digits;
    }

    public string Hexadecimal(int length) => Text("0123456789abcdef", length);

    public string Uuid() => $"{Hexadecimal(8)}-{Hexadecimal(4)}-{Hexadecimal(4)}-{Hexadecimal(4)}-{Hexadecimal(12)}";

    /// <summary>SplitMix64: well spread bits from consecutive inputs, and the same on every machine.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>A stable hash of a text: string.GetHashCode differs in every process.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    private string Text(string alphabet, int length)
    {
        var state = Mix(Mix((ulong)Seed) ^ (ulong)++Counter);
        Span<char> text = stackalloc char[length];
        foreach (ref var c in text)
        {
            state = Mix(state);
            c = alphabet[(int)(state % (ulong)alphabet.Length)];
        }
        return text.ToString();
    }
}
