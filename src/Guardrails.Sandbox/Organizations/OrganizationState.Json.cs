using System.Globalization;
using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>The state as JSON. Everything is written in the order of its sequence numbers, so that the same state is the same bytes.</summary>
internal sealed partial class OrganizationState
{
    /// <summary>The state of a sandbox file.</summary>
    /// <exception cref="FormatException">The state contradicts itself: an id without its object, two of one id.</exception>
    public static OrganizationState Read(JsonElement json)
    {
        try
        {
            return ReadState(json);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or ArgumentException or InvalidCastException)
        {
            throw new FormatException("The organization in the sandbox file is damaged: " + error.Message, error);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("seed", Ids.Seed);
        json.WriteNumber("counter", Ids.Counter);
        json.WriteStartObject("managementAccount");
        json.WriteString("id", ManagementAccountId);
        json.WriteString("email", ManagementAccountEmail);
        json.WriteString("name", ManagementAccountName);
        json.WriteEndObject();
        WriteBehavior(json);
        if (AccountQuota is { } quota) json.WriteNumber("accountQuota", quota);
        WriteAll(json, "emailsElsewhere", EmailsElsewhere, email => json.WriteStringValue(email));
        WriteAll(json, "plannedFailures", PlannedFailures, failure =>
        {
            json.WriteStartObject();
            json.WriteString("reason", failure.Reason);
            if (failure.Email is not null) json.WriteString("email", failure.Email);
            json.WriteEndObject();
        });
        if (Organization is not null) WriteOrganization(json, Organization);
        json.WriteEndObject();
    }

    private static OrganizationState ReadState(JsonElement json)
    {
        var founder = json.GetProperty("managementAccount");
        var state = new OrganizationState(0, Text(founder, "id"), Text(founder, "email"), Text(founder, "name"))
        {
            Ids = new(json.GetProperty("seed").GetInt64(), json.GetProperty("counter").GetInt64()),
            Behavior = ReadBehavior(json.GetProperty("behavior")),
            AccountQuota = json.TryGetProperty("accountQuota", out var quota) ? quota.GetInt32() : null,
        };
        foreach (var email in json.GetProperty("emailsElsewhere").EnumerateArray()) state.EmailsElsewhere.Add(email.GetString()!);
        foreach (var failure in json.GetProperty("plannedFailures").EnumerateArray())
            state.PlannedFailures.Add(new(Text(failure, "reason"), TextOrNull(failure, "email")));
        if (json.TryGetProperty("organization", out var organization)) state.ReadOrganization(organization);
        return state;
    }

    private void WriteBehavior(Utf8JsonWriter json)
    {
        json.WriteStartObject("behavior");
        json.WriteNumber("creationMilliseconds", (long)Behavior.CreationTime.TotalMilliseconds);
        json.WriteNumber("activationMilliseconds", (long)Behavior.ActivationTime.TotalMilliseconds);
        json.WriteNumber("usableMilliseconds", (long)Behavior.UsableTime.TotalMilliseconds);
        json.WriteNumber("closureMilliseconds", (long)Behavior.ClosureTime.TotalMilliseconds);
        json.WriteNumber("finalizingMilliseconds", (long)Behavior.FinalizingTime.TotalMilliseconds);
        json.WriteNumber("regionOptMilliseconds", (long)Behavior.RegionOptTime.TotalMilliseconds);
        json.WriteNumber("assignmentMilliseconds", (long)Behavior.AssignmentTime.TotalMilliseconds);
        json.WriteNumber("emptyPageEvery", Behavior.EmptyPageEvery);
        json.WriteBoolean("legacyStatus", Behavior.LegacyStatus);
        json.WriteEndObject();
    }

    private static SandboxBehavior ReadBehavior(JsonElement json) => new()
    {
        CreationTime = Span(json, "creationMilliseconds"),
        ActivationTime = Span(json, "activationMilliseconds"),
        UsableTime = Span(json, "usableMilliseconds"),
        ClosureTime = Span(json, "closureMilliseconds"),
        FinalizingTime = Span(json, "finalizingMilliseconds"),
        // Absent in files of before these came.
        RegionOptTime = json.TryGetProperty("regionOptMilliseconds", out _) ? Span(json, "regionOptMilliseconds") : new SandboxBehavior().RegionOptTime,
        AssignmentTime = json.TryGetProperty("assignmentMilliseconds", out _) ? Span(json, "assignmentMilliseconds") : new SandboxBehavior().AssignmentTime,
        EmptyPageEvery = json.GetProperty("emptyPageEvery").GetInt32(),
        LegacyStatus = json.GetProperty("legacyStatus").GetBoolean(),
    };

    private void WriteOrganization(Utf8JsonWriter json, OrganizationIdentity organization)
    {
        json.WriteStartObject("organization");
        json.WriteString("id", organization.Id);
        json.WriteString("featureSet", organization.FeatureSet);
        WriteTime(json, "created", organization.Created);
        json.WriteString("partition", organization.Partition);
        WriteAll(json, "policyTypes", EnabledPolicyTypes, type => json.WriteStringValue(type));
        WriteAll(json, "closures", Closures, closed => json.WriteStringValue(Format(closed)));
        json.WritePropertyName("root");
        WriteEntity(json, Root, root => WriteAttachments(json, root));
        WriteEntities(json, "policies", Policies, policy => WritePolicy(json, policy));
        WriteEntities(json, "organizationalUnits", Units, unit =>
        {
            json.WriteString("parent", unit.Parent!.Id);
            WriteAttachments(json, unit);
        });
        WriteEntities(json, "accounts", Accounts, account => WriteAccount(json, account));
        WriteEntities(json, "creations", Creations, creation => WriteCreation(json, creation));
        WriteEntities(json, "serviceAccess", ServiceAccess, grant => WriteTime(json, "enabled", grant.Enabled));
        WriteEntities(json, "delegations", Delegations, delegation =>
        {
            WriteTime(json, "enabled", delegation.Enabled);
            WriteEntities(json, "services", delegation.Services, grant => WriteTime(json, "enabled", grant.Enabled));
        });
        if (IdentityCenter is not null) WriteIdentityCenter(json, IdentityCenter);
        json.WriteEndObject();
    }

    private void ReadOrganization(JsonElement json)
    {
        Organization = new(Text(json, "id"), Text(json, "featureSet"), Time(json, "created"), Text(json, "partition"));
        foreach (var type in json.GetProperty("policyTypes").EnumerateArray()) EnabledPolicyTypes.Add(type.GetString()!);
        foreach (var closed in json.GetProperty("closures").EnumerateArray()) Closures.Add(Parse(closed.GetString()!));
        foreach (var policy in json.GetProperty("policies").EnumerateArray()) Add(Tagged(ReadPolicy(policy), policy));
        var root = json.GetProperty("root");
        SetRoot(new RootEntity { Sequence = Sequence(root), Id = Text(root, "id"), Arn = Text(root, "arn"), Name = Text(root, "name") });
        ReadAttachments(Tagged(Root, root), root);
        // Organizational units cannot move, so a parent always comes before its children.
        foreach (var entry in json.GetProperty("organizationalUnits").EnumerateArray())
        {
            var unit = new UnitEntity { Sequence = Sequence(entry), Id = Text(entry, "id"), Arn = Text(entry, "arn"), Name = Text(entry, "name") };
            Add(Tagged(unit, entry), Parent(entry));
            ReadAttachments(unit, entry);
        }
        foreach (var entry in json.GetProperty("accounts").EnumerateArray())
        {
            var account = Tagged(ReadAccount(entry), entry);
            ReadSettings(entry, account.Settings);
            Add(account, Parent(entry));
            ReadAttachments(account, entry);
        }
        foreach (var creation in json.GetProperty("creations").EnumerateArray()) Add(Tagged(ReadCreation(creation), creation));
        foreach (var grant in json.GetProperty("serviceAccess").EnumerateArray()) ServiceAccess.Add(ReadGrant(grant));
        foreach (var delegation in json.GetProperty("delegations").EnumerateArray())
        {
            var account = (AccountEntity)_byId[Text(delegation, "id")];
            var entity = Delegation.To(account, Sequence(delegation), Time(delegation, "enabled"));
            foreach (var grant in delegation.GetProperty("services").EnumerateArray()) entity.Services.Add(ReadGrant(grant));
            Delegations.Add(entity);
        }
        if (json.TryGetProperty("identityCenter", out var center)) IdentityCenter = ReadIdentityCenter(center);
    }

    private Container Parent(JsonElement json) => (Container)_byId[Text(json, "parent")];

    private static void WriteAttachments(Utf8JsonWriter json, PolicyTarget target)
    {
        if (target.Policies.Count > 0) WriteAll(json, "policies", target.Policies, policy => json.WriteStringValue(policy.Id));
    }

    private void ReadAttachments(PolicyTarget target, JsonElement json)
    {
        if (!json.TryGetProperty("policies", out var policies)) return;
        foreach (var policy in policies.EnumerateArray()) Attach((PolicyEntity)_byId[policy.GetString()!], target);
    }

    private static void WriteAccount(Utf8JsonWriter json, AccountEntity account)
    {
        json.WriteString("email", account.Email);
        json.WriteString("state", account.State);
        json.WriteString("parent", account.Parent!.Id);
        json.WriteString("joinedMethod", account.JoinedMethod);
        WriteTime(json, "joined", account.Joined);
        if (account.RoleName is not null) json.WriteString("roleName", account.RoleName);
        WriteTime(json, "activeAt", account.ActiveAt);
        WriteTime(json, "usableAt", account.UsableAt);
        if (account.ClosedAt is { } closed) WriteTime(json, "closedAt", closed);
        if (account.ClosureDoneAt is { } done) WriteTime(json, "closureDoneAt", done);
        WriteSettings(json, account.Settings);
        WriteAttachments(json, account);
    }

    private static AccountEntity ReadAccount(JsonElement json) => new()
    {
        Sequence = Sequence(json),
        Id = Text(json, "id"),
        Arn = Text(json, "arn"),
        Name = Text(json, "name"),
        Email = Text(json, "email"),
        State = Text(json, "state"),
        JoinedMethod = Text(json, "joinedMethod"),
        Joined = Time(json, "joined"),
        RoleName = TextOrNull(json, "roleName"),
        ActiveAt = Time(json, "activeAt"),
        UsableAt = Time(json, "usableAt"),
        ClosedAt = TimeOrNull(json, "closedAt"),
        ClosureDoneAt = TimeOrNull(json, "closureDoneAt"),
    };

    private static void WritePolicy(Utf8JsonWriter json, PolicyEntity policy)
    {
        json.WriteString("type", policy.Type);
        json.WriteString("description", policy.Description);
        json.WriteString("content", policy.Content);
        json.WriteBoolean("awsManaged", policy.AwsManaged);
        WriteTime(json, "updated", policy.Updated);
    }

    private static PolicyEntity ReadPolicy(JsonElement json) => new()
    {
        Sequence = Sequence(json),
        Id = Text(json, "id"),
        Arn = Text(json, "arn"),
        Name = Text(json, "name"),
        Type = Text(json, "type"),
        Description = Text(json, "description"),
        Content = Text(json, "content"),
        AwsManaged = json.GetProperty("awsManaged").GetBoolean(),
        Updated = Time(json, "updated"),
    };

    private static void WriteCreation(Utf8JsonWriter json, AccountCreation creation)
    {
        json.WriteString("email", creation.Email);
        json.WriteString("roleName", creation.RoleName);
        WriteTime(json, "requested", creation.Requested);
        WriteTime(json, "due", creation.Due);
        json.WriteString("state", creation.State);
        if (creation.PlannedFailure is not null) json.WriteString("plannedFailure", creation.PlannedFailure);
        if (creation.Completed is { } completed) WriteTime(json, "completed", completed);
        if (creation.AccountId is not null) json.WriteString("accountId", creation.AccountId);
        if (creation.FailureReason is not null) json.WriteString("failureReason", creation.FailureReason);
    }

    private static AccountCreation ReadCreation(JsonElement json) => new()
    {
        Sequence = Sequence(json),
        Id = Text(json, "id"),
        Arn = Text(json, "arn"),
        Name = Text(json, "name"),
        Email = Text(json, "email"),
        RoleName = Text(json, "roleName"),
        Requested = Time(json, "requested"),
        Due = Time(json, "due"),
        State = Text(json, "state"),
        PlannedFailure = TextOrNull(json, "plannedFailure"),
        Completed = TimeOrNull(json, "completed"),
        AccountId = TextOrNull(json, "accountId"),
        FailureReason = TextOrNull(json, "failureReason"),
    };

    private static ServiceGrant ReadGrant(JsonElement json) => new()
    {
        Sequence = Sequence(json),
        Id = Text(json, "id"),
        Arn = Text(json, "arn"),
        Name = Text(json, "name"),
        Enabled = Time(json, "enabled"),
    };

    private static void WriteEntities<T>(Utf8JsonWriter json, string name, IEnumerable<T> entities, Action<T> more) where T : Entity =>
        WriteAll(json, name, entities, entity => WriteEntity(json, entity, more));

    private static void WriteEntity<T>(Utf8JsonWriter json, T entity, Action<T> more) where T : Entity
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", entity.Sequence);
        json.WriteString("id", entity.Id);
        json.WriteString("arn", entity.Arn);
        json.WriteString("name", entity.Name);
        more(entity);
        if (entity.Tags.Count > 0)
        {
            json.WriteStartObject("tags");
            foreach (var (key, value) in entity.Tags) json.WriteString(key, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    private static T Tagged<T>(T entity, JsonElement json) where T : Entity
    {
        if (!json.TryGetProperty("tags", out var tags)) return entity;
        foreach (var tag in tags.EnumerateObject()) entity.Tags.Add(tag.Name, tag.Value.GetString()!);
        return entity;
    }

    private static long Sequence(JsonElement json) => json.GetProperty("sequence").GetInt64();

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new InvalidOperationException($"'{name}' is null.");

    private static string? TextOrNull(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static TimeSpan Span(JsonElement json, string name) => TimeSpan.FromMilliseconds(json.GetProperty(name).GetInt64());

    private static DateTimeOffset Time(JsonElement json, string name) => Parse(Text(json, name));

    private static DateTimeOffset? TimeOrNull(JsonElement json, string name) => TextOrNull(json, name) is { } text ? Parse(text) : null;

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) => json.WriteString(name, Format(time));

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
