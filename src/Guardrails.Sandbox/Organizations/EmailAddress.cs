using System.Buffers;

namespace Guardrails.Sandbox;

/// <summary>What AWS takes as the email address of a new account.</summary>
/// <remarks>Source: AWS Organizations API reference, CreateAccount, parameter Email (2026). Length and the rough form are the model's.</remarks>
internal static class EmailAddress
{
    private static readonly SearchValues<char> NotInLocalName = SearchValues.Create(" \t\r\n\"'()<>[]:;,\\|%&");
    private static readonly SearchValues<char> Domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

    public static bool IsValid(string email)
    {
        if (email.Length is < 6 or > 64 || email.Any(c => c > 127)) return false;
        var at = email.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != email.LastIndexOf('@')) return false;
        var local = email.AsSpan(0, at);
        var domain = email.AsSpan(at + 1);
        if (local[0] == '.' || local.ContainsAny(NotInLocalName)) return false;
        if (domain.IsEmpty || domain.ContainsAnyExcept(Domain) || !domain.Contains('.')) return false;
        return domain[0] is not ('-' or '.') && domain[^1] is not ('-' or '.');
    }
}
