using System.Globalization;
using Xunit;

namespace Guardrails.Tests;

public sealed class ReportStyleTests
{
    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, double>();
            foreach (var pair in ReportStyle.Contrasts) pairs.Add(pair.Front, pair.Back, pair.Least);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_differ_enough_from_what_they_are_seen_on_in_light_and_in_dark(string front, string back, double least)
    {
        var (one, other) = (Color(front), Color(back));
        Assert.True(Contrast(one.Light, other.Light) >= least, $"light: {Contrast(one.Light, other.Light):0.00}");
        Assert.True(Contrast(one.Dark, other.Dark) >= least, $"dark: {Contrast(one.Dark, other.Dark):0.00}");
    }

    [Fact]
    public void The_measure_of_contrast_is_that_of_WCAG()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), 3);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 2);
    }

    [Fact]
    public void The_style_sheet_uses_only_colours_of_the_list_and_each_colour_of_text_is_among_the_pairs()
    {
        var sheet = ReportStyle.Sheet();
        var used = System.Text.RegularExpressions.Regex.Matches(sheet, @"var\(--([a-z0-9-]+)\)").Select(match => match.Groups[1].Value).ToHashSet();
        Assert.All(used, name => Assert.Contains(ReportStyle.Colors, color => color.Name == name));
        Assert.All(ReportStyle.Colors, color => Assert.Contains(color.Name, used));
        Assert.All(ReportStyle.Colors.Where(color => color.Name.EndsWith("ink", StringComparison.Ordinal) || color.Name is "soft" or "link"), color => Assert.Contains(ReportStyle.Contrasts, pair => pair.Front == color.Name && pair.Least >= 4.5));
    }

    private static ReportColor Color(string name) => ReportStyle.Colors.Single(color => color.Name == name);

    /// <summary>https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio</summary>
    private static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string color)
    {
        double Channel(int at)
        {
            var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
