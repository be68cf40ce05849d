namespace Guardrails;

/// <summary>Reads account requests from rows of named text, as a CSV file or a pipeline object has them.</summary>
/// <remarks>Columns: Name, Email, OrganizationalUnit, RoleName, Tags (<c>Key=Value;Key2=Value2</c>), any number of <c>Tag:Key</c>, and those of <see cref="AccountSettingCells"/>.</remarks>
internal static class AccountRequestRow
{
    public const string TagColumn = "Tag:";
    private static readonly string[] Columns = ["Name", "Email", "OrganizationalUnit", "RoleName", "Tags", AccountSettingCells.RegionsColumn, AccountSettingCells.AccessColumn];

    public static bool IsKnownColumn(string column) => Columns.Contains(column, StringComparer.OrdinalIgnoreCase) || IsOpenColumn(column);

    /// <summary>A column of which there can be any number: a tag's or a contact's.</summary>
    public static bool IsOpenColumn(string column) => IsTagColumn(column) || AccountSettingCells.IsContactColumn(column);

    public static bool IsTagColumn(string column) => column.StartsWith(TagColumn, StringComparison.OrdinalIgnoreCase) && column.Length > TagColumn.Length;

    /// <summary>The request of a row; what is missing in it is found by <see cref="AccountRequestCheck"/>, with everything else.</summary>
    /// <exception cref="RequestFormatException">The column Email, Tags or Access cannot be read.</exception>
    public static AccountRequest Read(IEnumerable<KeyValuePair<string, string>> row, string? source)
    {
        var cells = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var tagCells = new List<KeyValuePair<string, string>>();
        foreach (var (column, text) in row)
        {
            if (IsTagColumn(column)) tagCells.Add(new(column[TagColumn.Length..].Trim(), text.Trim()));
            else cells[column] = text.Trim();
        }
        var name = cells.GetValueOrDefault("Name", "");
        return new AccountRequest
        {
            Name = name,
            Email = Field("Email", () => EmailTemplate.Expand(cells.GetValueOrDefault("Email", ""), name)),
            OrganizationalUnit = cells.GetValueOrDefault("OrganizationalUnit") is { Length: > 0 } unit ? unit : OrganizationPath.Root,
            RoleName = cells.GetValueOrDefault("RoleName") is { Length: > 0 } role ? role : null,
            Tags = Field("Tags", () => TagsOf(tagCells, cells.GetValueOrDefault("Tags", ""))),
            Contacts = AccountSettingCells.Contacts(cells),
            Regions = AccountSettingCells.Regions(cells.GetValueOrDefault(AccountSettingCells.RegionsColumn, "")),
            Access = Field(AccountSettingCells.AccessColumn, () => AccountSettingCells.Access(cells.GetValueOrDefault(AccountSettingCells.AccessColumn, ""))),
            Source = source,
        };
    }

    private static T Field<T>(string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new RequestFormatException(field, e);
        }
    }

    // A sheet has a cell in every tag column; an empty one means that the account has no such tag.
    private static SortedDictionary<string, string> TagsOf(List<KeyValuePair<string, string>> cells, string text)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in cells.Where(cell => cell.Value.Length > 0).Concat(ParseTags(text)))
            if (!tags.TryAdd(key, value)) throw new FormatException($"The tag '{key}' is given twice.");
        return tags;
    }

    /// <summary>Reads <c>Key=Value;Key2=Value2</c>. A value may hold <c>=</c>; neither may hold <c>;</c>.</summary>
    /// <exception cref="FormatException">A part has no <c>=</c> or no key.</exception>
    public static IEnumerable<KeyValuePair<string, string>> ParseTags(string text)
    {
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new FormatException($"'{part}' is not a tag: write Key=Value, and ; between tags.");
            yield return KeyValuePair.Create(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
        }
    }
}

/// <summary>A field of a request that cannot be read.</summary>
/// <param name="column">The column's name.</param>
internal sealed class RequestFormatException(string column, FormatException cause) : FormatException(cause.Message, cause)
{
    public string Field => column;
}
