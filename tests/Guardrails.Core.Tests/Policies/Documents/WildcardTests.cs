using CsCheck;
using Xunit;

namespace Guardrails.Core.Tests.Policies.Documents;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("s3:Get*", "S3:getobject", true)]
    [InlineData("s3:*Acl", "s3:GetObject", false)]
    [InlineData("a*b*c", "aXbXbXc", true)]
    [InlineData("a*b?c", "abbc", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void A_star_is_any_text_and_a_question_mark_one_character(string pattern, string text, bool matches) => Assert.Equal(matches, Wildcard.Matches(pattern, text));

    [Fact]
    public void It_matches_as_the_definition_says() => Gen.Select(Gen.String[Gen.Char["ab*?"], 0, 8], Gen.String[Gen.Char["abA"], 0, 8]).Sample(
        (pattern, text) => Wildcard.Matches(pattern, text) == ByDefinition(pattern, text.ToLowerInvariant()), iter: 20_000);

    [Fact]
    public void What_a_pattern_covers_it_matches() => Gen.Select(Gen.String[Gen.Char["ab*?"], 0, 8], Gen.String[Gen.Char["ab*?"], 0, 8], Gen.String[Gen.Char["ab"], 0, 8]).Sample(
        (wide, narrow, text) => !Wildcard.Covers(wide, narrow, ignoreCase: false) || !ByDefinition(narrow, text) || ByDefinition(wide, text), iter: 20_000);

    [Fact]
    public void A_pattern_covers_itself() => Gen.String[Gen.Char["ab*?"], 0, 8].Sample(pattern => Wildcard.Covers(pattern, pattern, ignoreCase: false));

    private static bool ByDefinition(string pattern, string text)
    {
        if (pattern.Length == 0) return text.Length == 0;
        if (pattern[0] == '*') return ByDefinition(pattern[1..], text) || (text.Length > 0 && ByDefinition(pattern, text[1..]));
        return text.Length > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && ByDefinition(pattern[1..], text[1..]);
    }
}
