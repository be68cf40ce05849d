namespace Guardrails;

/// <summary>A difference as one line.</summary>
internal static class DifferenceText
{
    private const int Longest = 80;

    public static string Of(OrganizationDifference difference)
    {
        var sign = difference.Change switch
        {
            DifferenceChange.Added => '+',
            DifferenceChange.Removed => '-',
            DifferenceChange.Moved => '>',
            _ => '~',
        };
        return $"{sign} {DisplayText.Visible(What(difference))}";
    }

    private static string What(OrganizationDifference difference)
    {
        var subject = difference.Kind switch
        {
            DifferenceKind.Organization => $"organization {difference.Id}",
            DifferenceKind.OrganizationalUnit => $"organizational unit {Path(difference)} ({difference.Id})",
            DifferenceKind.Account => $"account {Path(difference)} ({difference.Id})",
            DifferenceKind.Policy => $"policy {difference.Path} ({difference.Id})",
            DifferenceKind.Attachment => $"attachment of {difference.After ?? difference.Before} ({difference.Id}) to {difference.Path}",
            DifferenceKind.PolicyType => $"policy type {difference.Id}",
            DifferenceKind.DelegatedAdministrator => $"delegated administrator {difference.Path} ({difference.Id}) of {difference.After ?? difference.Before}",
            _ => $"service access of {difference.Id}",
        };
        if (difference.Property is null) return subject;
        // A policy's document does not fit into a line; the record has both.
        if (difference.Property == OrganizationComparison.Content) return $"{subject} {difference.Property}";
        return $"{subject} {difference.Property}: {Value(difference.Before)} → {Value(difference.After)}";
    }

    private static string Path(OrganizationDifference difference) =>
        difference.Change == DifferenceChange.Moved ? $"{difference.PathBefore} → {difference.PathAfter}" : difference.Path;

    private static string Value(string? value)
    {
        if (value is null) return "(none)";
        if (value.Length == 0) return "(empty)";
        return value.Length <= Longest ? value : string.Concat(value.AsSpan(0, Longest), "…");
    }
}
