using System.Text.Json;
using Xunit;

namespace Guardrails.Tests;

public sealed class JsonFaultsTests
{
    [Theory]
    [InlineData("{\"a\":trouble,\"b\":\"s3cr3t ' is 1 LineNumber: 2\"}", "What stands here is an invalid JSON literal")]
    [InlineData("{\"a\":nothing,\"b\":\"s3cr3t\"}", "What stands here is an invalid JSON literal")]
    [InlineData("{\"a\":\"x\" \"s3cr3t\"}", "'\"' is invalid after a value")]
    [InlineData("{\"a\":1.s3cr3t}", "'s' is invalid within a number")]
    public void What_is_wrong_is_said_without_what_stands_there(string text, string expected)
    {
        var reason = JsonFaults.Reason(Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text)));
        Assert.StartsWith(expected, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("3cr3t", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", reason, StringComparison.Ordinal);
    }
}
