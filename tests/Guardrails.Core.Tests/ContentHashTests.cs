using System.Text;
using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Numbers of contents.</summary>
public sealed class ContentHashTests
{
    // Published values of XXH64.
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void It_is_the_published_one(string text, ulong expected) => Assert.Equal(expected, ContentHash.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Every_bit_of_every_length_counts()
    {
        var seen = new HashSet<string>();
        for (var length = 0; length < 100; length++)
        {
            var content = new byte[length];
            Assert.True(seen.Add(ContentHash.Text(content)));
            for (var bit = 0; bit < 8 * length; bit++)
            {
                content[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(seen.Add(ContentHash.Text(content)));
                content[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }
}
