using System.Globalization;
using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>
/// A sandbox out of a snapshot of a real organization (<c>guardrails-snapshot/1</c>), for a rehearsal. Ids, ARNs and names are kept. What a
/// snapshot does not say is filled in so that it changes nothing: a policy whose document was not read gets one that refuses and sets
/// nothing; where it was not read what FullAWSAccess is attached to (detail AwsManagedAttachments), it is attached to everything.
/// </summary>
internal static class SnapshotImport
{
    private const string Format = "guardrails-snapshot/1";
    private static readonly string[] AccountStates = ["PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"];

    /// <param name="seed">Of the ids that are made later.</param>
    /// <exception cref="FormatException">It is no such snapshot, or contradicts itself.</exception>
    public static OrganizationState Read(JsonElement snapshot, long seed)
    {
        try
        {
            if (snapshot.ValueKind != JsonValueKind.Object || TextOrNull(snapshot, "format") is not { } format)
                throw new FormatException("This is no snapshot: it has no format. Make one with Export-GuardrailSnapshot.");
            if (format != Format) throw new FormatException($"The snapshot's format is {format}; this version reads {Format}.");
            return ReadSnapshot(snapshot, seed);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The snapshot is damaged: " + error.Message, error);
        }
    }

    private static OrganizationState ReadSnapshot(JsonElement snapshot, long seed)
    {
        var readAt = Time(Text(snapshot, "readAt"));
        var organization = snapshot.GetProperty("organization");
        var accounts = Items(snapshot, "accounts");
        var managementId = Text(organization, "managementAccountId");
        var management = Array.Find(accounts, account => Text(account, "id") == managementId);
        if (management.ValueKind == JsonValueKind.Undefined) throw new FormatException($"The snapshot does not hold its management account {managementId}.");
        var state = new OrganizationState(seed, managementId, Text(organization, "managementAccountEmail"), Text(management, "name"))
        {
            AccountQuota = Math.Max(SandboxQuotas.Default.Accounts, 2 * accounts.Length),
        };
        var root = snapshot.GetProperty("root");
        var joined = accounts.Select(account => TextOrNull(account, "joinedTimestamp")).OfType<string>().Select(Time).DefaultIfEmpty(readAt).Min();
        var partition = Text(organization, "arn").Split(':') is [_, var name, ..] ? name : "aws";
        state.Begin(
            new(Text(organization, "id"), Text(organization, "featureSet"), joined, partition),
            sequence => Tagged(new RootEntity { Sequence = sequence, Id = Text(root, "id"), Arn = Text(root, "arn"), Name = Text(root, "name") }, root));
        foreach (var type in Items(root, "policyTypes")) state.EnabledPolicyTypes.Add(type.GetString()!);
        AddUnits(state, Items(snapshot, "organizationalUnits"));
        foreach (var account in accounts) state.Add(Tagged(Account(state, account, readAt), account), Parent(state, account));
        AddPolicies(state, Items(snapshot, "policies"), readAt);
        if (!Items(snapshot, "detail").Any(detail => detail.GetString() == "AwsManagedAttachments")) AttachUnread(state);
        AddServices(state, snapshot, readAt);
        return state;
    }

    /// <summary>Parents first, in whatever order the snapshot has them.</summary>
    private static void AddUnits(OrganizationState state, JsonElement[] units)
    {
        var byParent = units.ToLookup(unit => Text(unit, "parentId"), StringComparer.Ordinal);
        var containers = new Queue<Container>([state.Root]);
        while (containers.TryDequeue(out var parent))
        {
            foreach (var unit in byParent[parent.Id])
            {
                var entity = new UnitEntity { Sequence = state.Ids.NextSequence(), Id = Text(unit, "id"), Arn = Text(unit, "arn"), Name = Text(unit, "name") };
                state.Add(Tagged(entity, unit), parent);
                containers.Enqueue(entity);
            }
        }
        if (Array.Find(units, unit => !state.TryFind<UnitEntity>(Text(unit, "id"), out _)) is { ValueKind: not JsonValueKind.Undefined } lost)
            throw new FormatException($"The snapshot does not hold the parent of the organizational unit {Text(lost, "id")}.");
    }

    private static AccountEntity Account(OrganizationState state, JsonElement json, DateTimeOffset readAt)
    {
        var (accountState, method) = (Text(json, "state"), TextOrNull(json, "joinedMethod") ?? "CREATED");
        if (!AccountStates.Contains(accountState)) accountState = "ACTIVE";
        var joined = TextOrNull(json, "joinedTimestamp") is { } time ? Time(time) : readAt;
        var isClosing = accountState is "PENDING_CLOSURE" or "CLOSED";
        return new()
        {
            Sequence = state.Ids.NextSequence(),
            Id = Text(json, "id"),
            Arn = Text(json, "arn"),
            Name = Text(json, "name"),
            Email = Text(json, "email"),
            State = accountState,
            JoinedMethod = method,
            Joined = joined,
            // An account that was invited has the role only if somebody made it.
            RoleName = method == "CREATED" && Text(json, "id") != state.ManagementAccountId ? AccountCreationOperations.DefaultRoleName : null,
            // Whoever signed up has to finish it; time alone does not.
            ActiveAt = accountState == "PENDING_ACTIVATION" ? DateTimeOffset.MaxValue : joined,
            UsableAt = joined,
            ClosedAt = isClosing ? readAt : null,
            ClosureDoneAt = isClosing ? readAt : null,
        };
    }

    private static void AddPolicies(OrganizationState state, JsonElement[] policies, DateTimeOffset readAt)
    {
        foreach (var json in policies)
        {
            var (id, type) = (Text(json, "id"), Text(json, "type"));
            if (!state.TryFind<PolicyEntity>(id, out var policy))
            {
                policy = new()
                {
                    Sequence = state.Ids.NextSequence(),
                    Id = id,
                    Arn = Text(json, "arn"),
                    Name = Text(json, "name"),
                    Type = type,
                    Description = TextOrNull(json, "description") ?? "",
                    AwsManaged = json.GetProperty("awsManaged").GetBoolean(),
                    Content = TextOrNull(json, "content") ?? Placeholder(type),
                    Updated = readAt,
                };
                state.Add(policy);
            }
            Tagged(policy, json);
            foreach (var target in Items(json, "targets"))
            {
                if (!state.TryFind<PolicyTarget>(target.GetString()!, out var entity))
                    throw new FormatException($"The snapshot does not hold {target.GetString()}, a target of the policy {id}.");
                OrganizationState.Attach(policy, entity);
            }
        }
    }

    /// <summary>AWS's own policies are on everything, unless somebody took them off; a snapshot that holds some attachment of one knows them all.</summary>
    private static void AttachUnread(OrganizationState state)
    {
        foreach (var managed in AwsManagedPolicies.All.Where(policy => state.EnabledPolicyTypes.Contains(policy.Type)))
            if (state.TryFind<PolicyEntity>(managed.Id, out var policy) && policy.Targets.Count == 0)
                foreach (var target in state.Targets()) OrganizationState.Attach(policy, target);
    }

    /// <summary>Stands for a document that was not read: it has the right form and does nothing.</summary>
    private static string Placeholder(string type) => type switch
    {
        PolicyType.ServiceControl => """
            {"Version":"2012-10-17","Statement":[{"Sid":"ContentWasNotInTheSnapshot","Effect":"Allow","Action":"*","Resource":"*"}]}
            """,
        PolicyType.ResourceControl => """
            {"Version":"2012-10-17","Statement":[{"Sid":"ContentWasNotInTheSnapshot","Effect":"Deny","Principal":"*","Action":"s3:GetObject",
            "Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"000000000000"}}}]}
            """,
        _ => ManagementPolicy.Empty(type),
    };

    private static void AddServices(OrganizationState state, JsonElement snapshot, DateTimeOffset readAt)
    {
        foreach (var service in Items(snapshot, "serviceAccess")) state.ServiceAccess.Add(Grant(state, service.GetString()!, readAt));
        foreach (var json in Items(snapshot, "delegatedAdministrators"))
        {
            if (!state.TryFind<AccountEntity>(Text(json, "accountId"), out var account))
                throw new FormatException($"The snapshot does not hold the delegated administrator {Text(json, "accountId")}.");
            var delegation = Delegation.To(account, state.Ids.NextSequence(), readAt);
            foreach (var service in Items(json, "servicePrincipals")) delegation.Services.Add(Grant(state, service.GetString()!, readAt));
            state.Delegations.Add(delegation);
        }
    }

    private static ServiceGrant Grant(OrganizationState state, string service, DateTimeOffset time) =>
        new() { Sequence = state.Ids.NextSequence(), Id = service, Arn = "", Name = service, Enabled = time };

    private static Container Parent(OrganizationState state, JsonElement json) =>
        state.TryFind<Container>(Text(json, "parentId"), out var parent)
            ? parent
            : throw new FormatException($"The snapshot does not hold {Text(json, "parentId")}, the parent of {Text(json, "id")}.");

    private static T Tagged<T>(T entity, JsonElement json) where T : Entity
    {
        if (json.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Object)
            foreach (var tag in tags.EnumerateObject()) entity.Tags[tag.Name] = tag.Value.GetString()!;
        return entity;
    }

    /// <summary>The items of a list; none where it is null or missing, because it was not read.</summary>
    private static JsonElement[] Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string Text(JsonElement json, string name) =>
        TextOrNull(json, name) ?? throw new FormatException($"The snapshot is damaged: '{name}' is missing.");

    private static string? TextOrNull(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
