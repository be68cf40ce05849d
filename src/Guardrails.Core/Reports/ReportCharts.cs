namespace Guardrails;

/// <summary>A drawing. It has a title, its message in words for who cannot see it, and its figures as a table.</summary>
internal abstract record ReportChart : ReportBlock
{
    /// <summary>Unique in the document.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What can be seen in it, in words.</summary>
    public required string Description { get; init; }

    /// <summary>How it is to be read; null where that is plain.</summary>
    public string? Legend { get; init; }

    /// <summary>Its figures.</summary>
    public required ReportGrid Table { get; init; }
}

/// <summary>Bars from nought, or from a base in the middle of it, each with a range where there is one.</summary>
internal sealed record ReportBars : ReportChart
{
    public required IReadOnlyList<ReportBar> Bars { get; init; }

    /// <summary>Where the bars begin: 0, or what the bars deviate from.</summary>
    public decimal Base { get; init; }
}

/// <param name="Value">Where the bar ends; for bars in both directions the low end.</param>
/// <param name="Low">Where its range begins; null where it has none.</param>
/// <param name="High">Where its range ends.</param>
/// <param name="Figure">The value in words.</param>
internal sealed record ReportBar(string Label, decimal Value, decimal? Low, decimal? High, string Figure);

/// <summary>Points by two values, with a third as colour.</summary>
internal sealed record ReportQuadrant : ReportChart
{
    public required ReportAxis X { get; init; }
    public required ReportAxis Y { get; init; }

    /// <summary>At most as many as can be told apart, the most important first: they get their numbers in that order.</summary>
    public required IReadOnlyList<ReportPoint> Points { get; init; }

    /// <summary>What stands in the corners: top left, top right, bottom left, bottom right. Two lines each.</summary>
    public required IReadOnlyList<(string First, string Second)> Corners { get; init; }

    /// <summary>What the band is called in which points without a vertical value lie.</summary>
    public required string WithoutY { get; init; }

    /// <summary>The slope of a line through the origin; null where there is none.</summary>
    public decimal? Slope { get; init; }

    /// <summary>What the colour is called.</summary>
    public required string ShadeLabel { get; init; }
}

/// <param name="Label">What it is, with its unit.</param>
internal sealed record ReportAxis(string Label);

/// <param name="X">Never negative.</param>
/// <param name="Y">Null where it is not known: the point lies apart and not at nought.</param>
/// <param name="Shade">0 to 1; null where it is not known.</param>
/// <param name="IsAtLeast">True where X is a lower bound.</param>
internal sealed record ReportPoint(string Label, decimal X, decimal? Y, decimal? Shade, bool IsAtLeast);

/// <summary>Who uses whom: layers from the top, where the users are, to the bottom.</summary>
internal sealed record ReportGraph : ReportChart
{
    /// <summary>At most as many as can be told apart; they get their numbers in that order.</summary>
    public required IReadOnlyList<ReportNode> Nodes { get; init; }

    public required IReadOnlyList<ReportLink> Links { get; init; }
}

/// <param name="Layer">What is used has a smaller one than what uses it.</param>
/// <param name="Size">How much is in it.</param>
internal sealed record ReportNode(string Name, string Label, int Layer, int Size);

/// <param name="From">The name of the node that uses the other.</param>
/// <param name="Weight">How strongly.</param>
internal sealed record ReportLink(string From, string To, int Weight);
