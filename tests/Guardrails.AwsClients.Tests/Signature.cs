using System.Security.Cryptography;
using System.Text;

namespace Guardrails.AwsClients.Tests;

/// <summary>
/// Signature Version 4, worked out anew from what went over the wire
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, August 2026).
/// </summary>
internal static class Signature
{
    public static string Of(Sent sent, string secret)
    {
        var authorization = sent.Header("Authorization")!;
        var scope = Between(authorization, "Credential=", ",").Split('/', 2)[1];
        var names = Between(authorization, "SignedHeaders=", ",");
        var parameters = sent.Address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var query = parameters.Select(p => p.Contains('=') ? p : p + "=").Order(StringComparer.Ordinal);
        var canonical = string.Join(
            '\n',
            sent.Method,
            Path(sent.Address),
            string.Join('&', query),
            string.Concat(names.Split(';').Select(n => $"{n}:{(n == "host" ? sent.Address.Authority : sent.Header(n)!.Trim())}\n")),
            names,
            Hex(SHA256.HashData(Encoding.UTF8.GetBytes(sent.Body))));
        var text = string.Join('\n', "AWS4-HMAC-SHA256", sent.Header("X-Amz-Date"), scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    // Each part of the path is encoded once more; only S3 does not.
    private static string Path(Uri address) => string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    private static string Between(string text, string after, string before)
    {
        var start = text.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return text[start..text.IndexOf(before, start, StringComparison.Ordinal)];
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
