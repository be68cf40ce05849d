using System.Diagnostics.CodeAnalysis;

namespace Guardrails;

/// <summary>Reads an account's settings from named text.</summary>
/// <remarks>
/// Columns: <c>Contact:TYPE:FIELD</c>, where TYPE is Billing, Operations or Security and FIELD is Name, Title, Email or Phone;
/// Regions (<c>eu-central-2;ap-east-1</c>); Access (<c>group:Admins=AdministratorAccess;user:jane@example.com=ReadOnly</c>).
/// </remarks>
internal static class AccountSettingCells
{
    public const string RegionsColumn = "Regions";
    public const string AccessColumn = "Access";
    private const string ContactColumn = "Contact";
    private static readonly string[] Fields = ["Name", "Title", "Email", "Phone"];

    public static bool IsContactColumn(string column) => TryField(column, out _, out _);

    /// <summary>A contact for each type of which a cell has text; what is missing of it is empty, and found by <see cref="AccountSettingsCheck"/>.</summary>
    public static IReadOnlyDictionary<AlternateContactType, AlternateContact> Contacts(IEnumerable<KeyValuePair<string, string>> row)
    {
        var contacts = new SortedDictionary<AlternateContactType, AlternateContact>();
        foreach (var (column, cell) in row)
        {
            if (!TryField(column, out var type, out var field) || cell.Trim() is not { Length: > 0 } text) continue;
            var contact = contacts.GetValueOrDefault(type) ?? new AlternateContact { Name = "", Title = "", Email = "", Phone = "" };
            contacts[type] = field switch
            {
                "Name" => contact with { Name = text },
                "Title" => contact with { Title = text },
                "Email" => contact with { Email = text },
                _ => contact with { Phone = text },
            };
        }
        return contacts;
    }

    public static IReadOnlyList<string> Regions(string text) => Parts(text);

    /// <exception cref="FormatException">A part is not of the form.</exception>
    public static IReadOnlyList<AccountAccess> Access(string text) => [.. Parts(text).Select(ReadAccess)];

    // The last = is the one: a permission set's name may hold one, but a principal's is likelier to.
    private static AccountAccess ReadAccess(string part)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        var equals = part.LastIndexOf('=');
        if (colon > 0 && equals > colon + 1 && equals < part.Length - 1 && TryPrincipal(part[..colon].Trim(), out var type))
            return new AccountAccess { PrincipalType = type, Principal = part[(colon + 1)..equals].Trim(), PermissionSet = part[(equals + 1)..].Trim() };
        throw new FormatException($"'{part}' is not an access: write group:NAME=PERMISSION-SET or user:NAME=PERMISSION-SET, and ; between them.");
    }

    private static bool TryPrincipal(string text, out PrincipalType type)
    {
        type = text.Equals("user", StringComparison.OrdinalIgnoreCase) ? PrincipalType.User : PrincipalType.Group;
        return type == PrincipalType.User || text.Equals("group", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryField(string column, out AlternateContactType type, [NotNullWhen(true)] out string? field)
    {
        type = default;
        field = null;
        if (column.Split(':') is not [var head, var typeName, var fieldName] || !head.Equals(ContactColumn, StringComparison.OrdinalIgnoreCase)) return false;
        field = Fields.FirstOrDefault(one => one.Equals(fieldName.Trim(), StringComparison.OrdinalIgnoreCase));
        return field is not null && !int.TryParse(typeName, out _) && Enum.TryParse(typeName, ignoreCase: true, out type);
    }

    private static string[] Parts(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
