namespace Guardrails.Core.Tests;

internal static class Changes
{
    public static Change Of(string address, string lane = "", params string[] dependsOn) => new()
    {
        Kind = "test",
        Action = "do",
        Address = address,
        Lane = lane,
        DependsOn = [.. dependsOn.Select(on => $"do {on}")],
        Reversibility = Reversibility.Reversible,
    };
}
