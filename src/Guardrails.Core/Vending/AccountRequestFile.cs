namespace Guardrails;

/// <summary>A row or an object that is no request, and why.</summary>
/// <param name="Source">File and line, or the position in the pipeline.</param>
/// <param name="Field">The field that cannot be read; null where it is the row.</param>
internal sealed record UnreadableRequest(string Name, string Email, string Message, string? Source, string? Field = null);

/// <summary>The requests of a file.</summary>
/// <param name="UnknownColumns">Columns that mean nothing here; most likely somebody mistyped them.</param>
internal sealed record AccountRequestFile(IReadOnlyList<AccountRequest> Requests, IReadOnlyList<UnreadableRequest> Unreadable, IReadOnlySet<string> UnknownColumns)
{
    /// <summary>Turns rows into requests; one that cannot be read leaves the others alone.</summary>
    /// <param name="emailTemplate">For rows without an email; may be empty.</param>
    public static AccountRequestFile Read(DocumentRows document, string emailTemplate)
    {
        var requests = new List<AccountRequest>();
        var unreadable = document.Findings.Select(finding => new UnreadableRequest("", "", finding.ToString(), $"{finding.File}:{finding.Line}")).ToList();
        var unknown = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in document.Rows)
        {
            unknown.UnionWith(row.Fields.Select(field => field.Key).Where(column => !AccountRequestRow.IsKnownColumn(column)));
            var email = row["Email"] is { } given && !string.IsNullOrWhiteSpace(given) ? given : emailTemplate;
            try
            {
                requests.Add(AccountRequestRow.Read(row.Fields.Where(field => !field.Key.Equals("Email", StringComparison.OrdinalIgnoreCase)).Append(new("Email", email)), $"{row.File}:{row.Line}"));
            }
            catch (RequestFormatException e)
            {
                var place = row.PlaceOf(e.Field);
                var finding = new DocumentFinding(row.File, place?.Line ?? row.Line, place?.Column, $"{e.Field}: {e.Message}");
                unreadable.Add(new UnreadableRequest(row["Name"] ?? "", email, finding.ToString(), $"{row.File}:{row.Line}", e.Field));
            }
        }
        return new AccountRequestFile(requests, unreadable, unknown);
    }
}
