using System.Diagnostics;
using CsCheck;
using Xunit;

namespace Guardrails.Tests;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*b*c", "aXbXbc", true)]
    [InlineData("a*b*c", "aXbXbd", false)]
    [InlineData("[a-c]x", "Bx", true)]
    [InlineData("[A-C]x", "bx", true)]
    [InlineData("[abc]x", "dx", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[`]]", "]", true)]
    [InlineData("[a`-c]", "b", false)]
    [InlineData("[", "[", true)]
    [InlineData("[]", "[]", true)]
    [InlineData("[ab", "[ab", true)]
    [InlineData("`*", "*", true)]
    [InlineData("`*", "x", false)]
    [InlineData("a`", "a`", true)]
    [InlineData("É", "é", true)]
    [InlineData("[c-a]", "b", false)]
    public void Matches_as_described(string pattern, string text, bool expected) => Assert.Equal(expected, TextPattern.Parse(pattern).Matches(text));

    [Fact]
    public void Agrees_with_a_plain_recursive_matcher() =>
        Gen.Select(Gen.Char["ab*?"].Array[0, 8].Select(c => new string(c)), Gen.Char["ab"].Array[0, 8].Select(c => new string(c)))
            .Sample((pattern, text) => Assert.Equal(Slow(pattern, text), TextPattern.Parse(pattern).Matches(text)), iter: 20_000);

    [Fact]
    public void A_pattern_of_many_runs_does_not_explode()
    {
        var pattern = TextPattern.Parse(string.Concat(Enumerable.Repeat("a*", 200)) + "b");
        var watch = Stopwatch.StartNew();
        Assert.False(pattern.Matches(new string('a', 20_000)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("/a/*", "/a/b/c", false)]
    [InlineData("/a/*", "/a/b`/c", true)]
    [InlineData("/*/c", "/a/b/c", false)]
    [InlineData("a/b", "/a/b", true)]
    [InlineData("/a/b", "a/b", false)]
    [InlineData("//a//b/", "/a/b", true)]
    [InlineData("/", "/a", false)]
    public void A_wildcard_does_not_cross_a_slash(string pattern, string path, bool expected) =>
        Assert.Equal(expected, PathPattern.Parse(pattern).Matches(OrganizationPath.Name(path), path));

    private static bool Slow(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty) return text.IsEmpty;
        if (pattern[0] == '*') return Slow(pattern[1..], text) || (!text.IsEmpty && Slow(pattern, text[1..]));
        return !text.IsEmpty && (pattern[0] == '?' || pattern[0] == text[0]) && Slow(pattern[1..], text[1..]);
    }
}
