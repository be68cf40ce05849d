using System.Text;
using CsCheck;
using Xunit;

namespace Guardrails.Core.Tests.Policies.Documents;

public sealed class PolicyWriterTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf("", "Statement", "Action", "s3:*", "ä\u20AC", "\uD83D\uDE00", "a\"b\\c/d", "\u0000\u001F\u007F\u2028<>&'+", "*", "${aws:username}"),
        Gen.String[Gen.Char['\u0000', '\uD7FF'], 0, 12]);

    private static readonly Gen<string> Numbers = Gen.OneOf("0", "-1", "1.20", "1e3", "12345678901234567890123", "-0.5E-7");

    [Fact]
    public void Minified_and_pretty_documents_say_the_same() => Json(3).Sample(
        written =>
        {
            var read = Read(written);
            var minified = PolicyWriter.Minify(read);
            var pretty = PolicyWriter.Pretty(read);
            Assert.True(read.SaysTheSameAs(Read(minified)), minified);
            Assert.True(read.SaysTheSameAs(Read(pretty)), pretty);
            Assert.Equal(minified, PolicyWriter.Minify(Read(pretty)));
            Assert.Equal(pretty, PolicyWriter.Pretty(Read(minified)));
        },
        iter: 2000);

    [Fact]
    public void Public_policies_say_the_same_when_minified_and_get_no_longer()
    {
        foreach (var file in SharedData.Policies("scp").Concat(SharedData.Policies("rcp")))
        {
            var document = PolicyReader.Read(File.ReadAllBytes(file));
            var minified = PolicyWriter.Minify(document.Root!);
            Assert.True(document.Root!.SaysTheSameAs(Read(minified)));
            Assert.True(document.Root!.SaysTheSameAs(Read(PolicyWriter.Pretty(document.Root!))));
            Assert.InRange(minified.Length, 1, document.Characters);
            Assert.DoesNotContain('\n', minified);
        }
    }

    [Fact]
    public void Nothing_is_escaped_but_what_JSON_demands() =>
        Assert.Equal("""["ä€<>&'+/","\"\\"]""", PolicyWriter.Minify(Read("""[ "\u00e4\u20ac\u003c>\u0026'+\/" , "\"\\" ]""")));

    [Fact]
    public void Pretty_has_two_spaces_a_level_and_ends_with_a_line_feed() =>
        Assert.Equal("{\n  \"a\": [\n    1.20,\n    {}\n  ],\n  \"a\": null\n}\n", PolicyWriter.Pretty(Read("""{"a":[1.20,{}],"a":null}""")));

    [Fact]
    public void Other_order_other_numbers_and_other_texts_are_not_the_same()
    {
        Assert.True(Read("""{"a":1,"b":[true]}""").SaysTheSameAs(Read("""{ "a" : 1, "b" : [ true ] }""")));
        Assert.False(Read("""{"a":1,"b":2}""").SaysTheSameAs(Read("""{"b":2,"a":1}""")));
        Assert.False(Read("1").SaysTheSameAs(Read("1.0")));
        Assert.False(Read("[1]").SaysTheSameAs(Read("[1,1]")));
        Assert.False(Read("\"1\"").SaysTheSameAs(Read("1")));
    }

    private static PolicyJson Read(string text)
    {
        var document = PolicyReader.Read(text);
        return document.Root ?? throw new InvalidOperationException(string.Join(' ', document.Findings));
    }

    /// <summary>JSON texts with white space anywhere, and names that occur twice.</summary>
    private static Gen<string> Json(int depth)
    {
        var scalar = Gen.OneOf(Texts.Select(Quote), Numbers, Gen.OneOf("true", "false", "null"));
        if (depth == 0) return scalar;
        var inner = Json(depth - 1);
        var space = Gen.OneOf("", " ", "\n\t", "\r\n  ");
        var list = Gen.Select(inner.Array[0, 4], space, (items, gap) => $"[{gap}{string.Join(gap + "," + gap, items)}{gap}]");
        var members = Gen.Select(Texts, inner, (name, value) => $"{Quote(name)}:{value}");
        var map = Gen.Select(members.Array[0, 4], space, (items, gap) => $"{{{gap}{string.Join(gap + "," + gap, items)}{gap}}}");
        return Gen.OneOf(scalar, list, map);
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text) quoted.Append(c is '"' or '\\' or < ' ' ? $"\\u{(int)c:x4}" : c.ToString());
        return quoted.Append('"').ToString();
    }
}
