using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guardrails;

/// <summary>
/// An organization as a file, to compare with later and to rehearse on: JSON, sorted by id, so that the same organization gives the
/// same bytes and version control shows what changed. Holds no secret, but names, email addresses and policies: handle it as such.
/// </summary>
internal static class OrganizationSnapshot
{
    public const string Family = "guardrails-snapshot/";
    public const string Format = Family + "1";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The file is no web page: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Save(Organization organization, string file) => WholeFile.Write(file, stream => Write(organization, stream));

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="SnapshotFormatException">It is not a snapshot that can be read.</exception>
    public static Organization Load(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, file);
    }

    /// <param name="name">The name that errors carry.</param>
    /// <exception cref="SnapshotFormatException">It is not a snapshot that can be read.</exception>
    public static Organization Read(Stream stream, string name) => Organization.From(SnapshotReader.Read(stream, name));

    public static void Write(Organization organization, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("readAt", Time(organization.ReadAt));
            Texts(json, "detail", Enum.GetValues<OrganizationDetail>()
                .Where(detail => detail != OrganizationDetail.None && organization.Detail.HasFlag(detail))
                .Select(detail => detail.ToString()));
            json.WriteStartObject("organization");
            json.WriteString("id", organization.Id);
            json.WriteString("arn", organization.Arn);
            json.WriteString("managementAccountId", organization.ManagementAccountId);
            json.WriteString("managementAccountEmail", organization.ManagementAccountEmail);
            json.WriteString("featureSet", organization.FeatureSet);
            json.WriteEndObject();
            json.WriteStartObject("root");
            json.WriteString("id", organization.Root.Id);
            json.WriteString("arn", organization.Root.Arn);
            json.WriteString("name", organization.Root.Name);
            Texts(json, "policyTypes", organization.PolicyTypes);
            Tags(json, organization.Root.Tags);
            json.WriteEndObject();
            Objects(json, "organizationalUnits", organization.OrganizationalUnits.OrderBy(unit => unit.Id, StringComparer.Ordinal), Unit);
            Objects(json, "accounts", organization.Accounts.OrderBy(account => account.Id, StringComparer.Ordinal), Account);
            Objects(json, "policies", organization.Policies.OrderBy(policy => policy.Id, StringComparer.Ordinal), Policy);
            Objects(json, "delegatedAdministrators", organization.DelegatedAdministrators, Delegation);
            Texts(json, "serviceAccess", organization.ServiceAccess);
            Texts(json, "gaps", organization.Gaps);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    private static void Unit(Utf8JsonWriter json, OrganizationalUnit unit)
    {
        json.WriteString("id", unit.Id);
        json.WriteString("arn", unit.Arn);
        json.WriteString("name", unit.Name);
        json.WriteString("parentId", unit.ParentId);
        Tags(json, unit.Tags);
    }

    private static void Account(Utf8JsonWriter json, Account account)
    {
        json.WriteString("id", account.Id);
        json.WriteString("arn", account.Arn);
        json.WriteString("name", account.Name);
        json.WriteString("email", account.Email);
        json.WriteString("state", AccountStateNames.ToAws(account.State));
        json.WriteString("joinedMethod", account.JoinedMethod);
        json.WriteString("joinedTimestamp", account.JoinedTimestamp is { } joined ? Time(joined) : null);
        json.WriteString("parentId", account.ParentId);
        Tags(json, account.Tags);
    }

    private static void Policy(Utf8JsonWriter json, OrganizationPolicy policy)
    {
        json.WriteString("id", policy.Id);
        json.WriteString("arn", policy.Arn);
        json.WriteString("name", policy.Name);
        json.WriteString("description", policy.Description);
        json.WriteString("type", policy.Type);
        json.WriteBoolean("awsManaged", policy.AwsManaged);
        json.WriteString("content", policy.Content);
        Texts(json, "targets", policy.Targets);
        Tags(json, policy.Tags);
    }

    private static void Delegation(Utf8JsonWriter json, DelegatedAdministrator administrator)
    {
        json.WriteString("accountId", administrator.AccountId);
        Texts(json, "servicePrincipals", administrator.ServicePrincipals.Order(StringComparer.Ordinal));
    }

    private static void Objects<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Tags(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null)
        {
            json.WriteNull("tags");
            return;
        }
        json.WriteStartObject("tags");
        foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
