namespace Guardrails.Sandbox;

/// <summary>The organizational units and accounts of an invented company: foundations, and business units with environments and teams.</summary>
internal static class GeneratedTree
{
    private static readonly string[] Foundations =
        ["Security", "Infrastructure", "Workloads", "Sandbox", "Suspended", "PolicyStaging", "Deployments", "Exceptions"];

    private static readonly string[] BusinessUnits =
    [
        "Retail", "Payments", "Logistics", "Insights", "Identity", "Claims", "Pricing", "Fulfilment", "Marketplace", "Lending", "Mobility", "Media",
        "Health", "Travel", "Energy", "Catalog", "Loyalty", "Billing", "Search", "Research", "Manufacturing", "Warehousing", "Underwriting", "Settlements",
    ];

    private static readonly string[] Environments = ["Prod", "Test", "Dev"];
    private static readonly string[] Teams = ["Core", "Data", "Web", "Mobile"];
    private static readonly string[] Regions = ["Europe", "Americas"];

    private static readonly string[] Services =
    [
        "api", "ledger", "orders", "events", "search", "reports", "gateway", "batch", "portal",
        "models", "stream", "archive", "checkout", "mail", "maps", "jobs",
    ];

    /// <summary>Foundations first, then one business unit after the other, each from the top down: at most five levels.</summary>
    public static void AddUnits(OrganizationState state, int count)
    {
        var left = count;
        foreach (var name in Foundations)
            if (left-- > 0) state.CreateUnit(state.Root, name);
        if (state.FindUnit(state.Root, "Workloads") is not { } workloads) return;
        for (var number = 0; left > 0; number++)
        {
            var company = state.CreateUnit(workloads, Numbered(BusinessUnits, number));
            left--;
            var levels = new Queue<(UnitEntity Parent, string[] Names)>([(company, Environments)]);
            while (left > 0 && levels.TryDequeue(out var level))
            {
                foreach (var name in level.Names.Take(left).ToList())
                {
                    var unit = state.CreateUnit(level.Parent, name);
                    left--;
                    if (level.Names == Environments) levels.Enqueue((unit, Teams));
                    else if (level.Names == Teams && name == "Core" && level.Parent.Name == "Prod") levels.Enqueue((unit, Regions));
                }
            }
        }
    }

    /// <summary>The accounts that every organization has, then workloads spread over the business units.</summary>
    public static void AddAccounts(OrganizationState state, int count, DateTimeOffset time)
    {
        (string Name, string Unit)[] first =
            [("log-archive", "Security"), ("audit", "Security"), ("network", "Infrastructure"), ("shared-services", "Infrastructure")];
        foreach (var (name, unit) in first.Take(count)) AddAccount(state, name, state.FindUnit(state.Root, unit) ?? (Container)state.Root, time);
        var homes = state.Units.Where(unit => unit.Depth >= 3).Cast<Container>().ToList();
        if (homes.Count == 0) homes = [.. state.Units.Where(unit => unit.Name is "Workloads" or "Sandbox" || unit.Parent?.Name == "Workloads")];
        if (homes.Count == 0) homes = [state.Root];
        for (var number = 0; number < count - first.Length; number++)
        {
            var home = homes[(int)(Draw(state, "home", number) % (ulong)homes.Count)];
            var service = Services[Draw(state, "service", number) % (ulong)Services.Length];
            AddAccount(state, $"{Prefix(home)}{service}-{number + 1}", home, time);
        }
    }

    /// <summary>A number that depends on the seed and its use only.</summary>
    public static ulong Draw(OrganizationState state, string use, int number) =>
        IdSource.Mix(IdSource.Hash(use) ^ IdSource.Mix((ulong)state.Ids.Seed) ^ (ulong)number);

    private static void AddAccount(OrganizationState state, string name, Container parent, DateTimeOffset time)
    {
        var id = state.Unused(state.Ids.Account);
        var joined = time.AddMinutes(-(double)(7 * 24 * 60 + Draw(state, "joined", state.Accounts.Count) % (3 * 365 * 24 * 60)));
        var account = new AccountEntity
        {
            Sequence = state.Ids.NextSequence(),
            Id = id,
            Arn = state.Arn("account", id),
            Name = name,
            Email = $"aws+{name}@example.com",
            JoinedMethod = "CREATED",
            Joined = joined,
            State = "ACTIVE",
            RoleName = AccountCreationOperations.DefaultRoleName,
            ActiveAt = joined,
            UsableAt = joined,
        };
        account.Tags["cost-center"] = $"CC-{1000 + Draw(state, "cost", state.Accounts.Count) % 400}";
        account.Tags["environment"] = parent.Lineage().Select(step => step.Name).FirstOrDefault(Environments.Contains)?.ToLowerInvariant() ?? "shared";
        state.Add(account, parent);
        state.AttachDefaults(account);
    }

    /// <summary>Business unit and environment: <c>retail-prod-</c>.</summary>
    private static string Prefix(Container home)
    {
        var names = home.Lineage().Skip(2).Take(2).Select(step => step.Name.ToLowerInvariant()).ToList();
        return names.Count == 0 ? "" : string.Join('-', names) + "-";
    }

    private static string Numbered(string[] names, int number) =>
        number < names.Length ? names[number] : $"{names[number % names.Length]}{number / names.Length + 1}";
}
