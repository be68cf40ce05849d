using System.Globalization;
using System.Text.Json;

namespace Guardrails;

/// <summary>Reads a snapshot file. Members that this version does not know are passed over; what it needs must be there.</summary>
internal static class SnapshotReader
{
    public static OrganizationFacts Read(Stream stream, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Facts(new Member(name, "", document.RootElement));
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line ? $" at line {line + 1}, byte {error.BytePositionInLine + 1}" : "";
            throw new SnapshotFormatException($"{name} is not a snapshot: it is damaged{place}, or not JSON. Take the snapshot again, or restore the file.", error);
        }
    }

    private static OrganizationFacts Facts(Member file)
    {
        CheckFormat(file);
        var organization = file.Object("organization");
        var root = file.Object("root");
        return new OrganizationFacts
        {
            Id = organization.Text("id"),
            Arn = organization.Text("arn"),
            ManagementAccountId = organization.Text("managementAccountId"),
            ManagementAccountEmail = organization.Text("managementAccountEmail"),
            FeatureSet = organization.Text("featureSet"),
            Root = new OrganizationalUnitFacts(root.Text("id"), root.Text("arn"), root.Text("name"), null, root.Tags()),
            PolicyTypes = root.Texts("policyTypes"),
            OrganizationalUnits = file.Objects("organizationalUnits", unit => new OrganizationalUnitFacts(
                unit.Text("id"), unit.Text("arn"), unit.Text("name"), unit.OptionalText("parentId"), unit.Tags())),
            Accounts = file.Objects("accounts", account => new AccountFacts(
                account.Text("id"), account.Text("arn"), account.Text("name"), account.Text("email"),
                AccountStateNames.FromAws(account.Text("state")), account.Text("parentId"),
                account.OptionalText("joinedMethod"), account.OptionalTime("joinedTimestamp"), account.Tags())),
            Policies = file.Objects("policies", policy => new OrganizationPolicy
            {
                Id = policy.Text("id"),
                Arn = policy.Text("arn"),
                Name = policy.Text("name"),
                Description = policy.OptionalText("description") ?? "",
                Type = policy.Text("type"),
                AwsManaged = policy.Flag("awsManaged"),
                Content = policy.OptionalText("content"),
                Targets = policy.Texts("targets"),
                Tags = policy.Tags(),
            }),
            DelegatedAdministrators = file.Objects("delegatedAdministrators", one => new DelegatedAdministrator(one.Text("accountId"), one.Texts("servicePrincipals"))),
            ServiceAccess = file.Texts("serviceAccess"),
            ReadAt = file.OptionalTime("readAt") ?? throw file.Wrong("readAt", "is missing"),
            Detail = file.Texts("detail").Aggregate(OrganizationDetail.None, (all, one) => all | (Enum.TryParse<OrganizationDetail>(one, out var detail) ? detail : 0)),
            Gaps = file.Texts("gaps"),
        };
    }

    private static void CheckFormat(Member file)
    {
        var format = file.IsObject ? file.OptionalText("format") : null;
        if (format == OrganizationSnapshot.Format) return;
        if (format is null || !format.StartsWith(OrganizationSnapshot.Family, StringComparison.Ordinal))
            throw new SnapshotFormatException($"{file.File} is not a snapshot: its member 'format' is not {OrganizationSnapshot.Format}.");
        throw new SnapshotFormatException(
            $"{file.File} is a snapshot of the format {format}, and this version of Guardrails reads {OrganizationSnapshot.Format}. Update the module.");
    }

    /// <summary>A member of the file with its place: <c>accounts[3].tags</c>.</summary>
    private readonly record struct Member(string File, string Place, JsonElement Json)
    {
        public bool IsObject => Json.ValueKind == JsonValueKind.Object;

        public SnapshotFormatException Wrong(string? name, string what) =>
            new($"{File} is a damaged snapshot: {(name is null ? Place : Child(name))} {what}.");

        public Member Object(string name)
        {
            var member = Get(name, JsonValueKind.Object, "an object") ?? throw Wrong(name, "is missing");
            return new Member(File, Child(name), member);
        }

        public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "is missing");

        public string? OptionalText(string name) => Get(name, JsonValueKind.String, "a text") is { } text ? ReadText(text, Child(name)) : null;

        public DateTimeOffset? OptionalTime(string name)
        {
            if (OptionalText(name) is not { } text) return null;
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : throw Wrong(name, "is not a time");
        }

        public bool Flag(string name)
        {
            if (!Json.TryGetProperty(name, out var flag)) throw Wrong(name, "is missing");
            return flag.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Wrong(name, "is not true or false"),
            };
        }

        public List<string> Texts(string name)
        {
            var texts = new List<string>();
            foreach (var item in Items(name))
            {
                if (item.Json.ValueKind != JsonValueKind.String) throw item.Wrong(null, "is not a text");
                texts.Add(ReadText(item.Json, item.Place));
            }
            return texts;
        }

        public List<T> Objects<T>(string name, Func<Member, T> read)
        {
            var objects = new List<T>();
            foreach (var item in Items(name))
            {
                if (!item.IsObject) throw item.Wrong(null, "is not an object");
                objects.Add(read(item));
            }
            return objects;
        }

        public Dictionary<string, string>? Tags()
        {
            if (Get("tags", JsonValueKind.Object, "an object") is not { } members) return null;
            var tags = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var tag in members.EnumerateObject())
            {
                if (tag.Value.ValueKind != JsonValueKind.String) throw Wrong("tags", "has a value that is not a text");
                tags[tag.Name] = ReadText(tag.Value, Child("tags"));
            }
            return tags;
        }

        private List<Member> Items(string name)
        {
            var list = Get(name, JsonValueKind.Array, "a list") ?? throw Wrong(name, "is missing");
            var items = new List<Member>(list.GetArrayLength());
            foreach (var item in list.EnumerateArray()) items.Add(new Member(File, $"{Child(name)}[{items.Count}]", item));
            return items;
        }

        private string Child(string name) => Place.Length == 0 ? name : $"{Place}.{name}";

        private JsonElement? Get(string name, JsonValueKind kind, string what)
        {
            if (!Json.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null) return null;
            return member.ValueKind == kind ? member : throw Wrong(name, $"is not {what}");
        }

        private string ReadText(JsonElement text, string place)
        {
            try
            {
                return text.GetString()!;
            }
            catch (InvalidOperationException)
            {
                throw new SnapshotFormatException($"{File} is a damaged snapshot: {place} holds half a character.");
            }
        }
    }
}
