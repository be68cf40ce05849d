namespace Guardrails;

/// <summary>What the sources of an inventory show together.</summary>
/// <param name="Resources">Ordered by key.</param>
/// <param name="Gaps">Ordered by kind, file, account and message.</param>
internal sealed record MergedInventory(IReadOnlyList<InventoryResource> Resources, IReadOnlyList<InventoryGap> Gaps);

/// <summary>
/// Makes one inventory of many files. Each sighting has a key of its own making (<see cref="ResourceIdentity"/>), and sightings with the
/// same key are one resource; so fewer files never give more resources or edges, and the order of files changes nothing.
/// </summary>
internal sealed class InventoryMerge
{
    private readonly ResourceTypeCatalog _types;
    private readonly Func<string, string, EdgeClass> _classOf;
    private readonly Dictionary<string, List<Seen>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Account, string Name), List<Export>> _exports = [];
    private readonly List<InventoryGap> _gaps = [];
    private readonly InventoryCosts _costs = new();
    private int _unresolved;

    private InventoryMerge(ResourceTypeCatalog types, Func<string, string, EdgeClass> classOf) => (_types, _classOf) = (types, classOf);

    /// <param name="classOf">The class of the coupling between two types.</param>
    public static MergedInventory Merge(IEnumerable<InventoryFile> files, ResourceTypeCatalog types, Func<string, string, EdgeClass> classOf) =>
        new InventoryMerge(types, classOf).Run(files);

    private MergedInventory Run(IEnumerable<InventoryFile> files)
    {
        var deployments = new List<Deployment>();
        var known = new HashSet<(string Digest, string? Account, string? Region)>();
        // Of two files with the same content it is always the same one that counts.
        foreach (var file in files.OrderBy(file => file.Kind).ThenBy(file => file.File, StringComparer.Ordinal).ThenBy(file => file.ContentDigest, StringComparer.Ordinal))
        {
            _gaps.AddRange(file.Gaps);
            if (file.Resources.Count == 0 && file.Unattributed.Count == 0) continue;
            if (known.Add((file.ContentDigest, AccountOfDeployment(file), RegionOfDeployment(file)))) deployments.Add(Add(file));
            else
                _gaps.Add(Gap(InventoryGapKind.DuplicateFile, 1, $"{file.File} has the same content as another file of the same account, and is not counted again.", file.File));
        }
        var edges = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var deployment in deployments) Resolve(deployment, edges);
        var resources = _byKey.Keys.Order(StringComparer.Ordinal).Select(key => Resource(key, _byKey[key], edges.GetValueOrDefault(key))).ToList();
        _gaps.AddRange(_costs.Unattributed());
        if (_unresolved > 0)
            _gaps.Add(Gap(InventoryGapKind.UnresolvedReference, _unresolved, $"{Counted(_unresolved, "reference")} to resources that are in none of the files {(_unresolved == 1 ? "is" : "are")} not counted."));
        return new MergedInventory(resources, Ordered(_gaps.Concat(Unknown(resources))));
    }

    /// <summary>The resources that accounts hold, with the accounts' names, and those that no source binds to an account.</summary>
    /// <param name="accounts">By id; null where nothing but the id is known.</param>
    public static MergedInventory Of(MergedInventory inventory, IReadOnlyDictionary<string, Account?> accounts)
    {
        var kept = inventory.Resources.Where(resource => resource.AccountId is null || accounts.ContainsKey(resource.AccountId)).ToList();
        var keys = kept.Select(resource => resource.Key).ToHashSet(StringComparer.Ordinal);
        var outside = 0;
        var resources = new List<InventoryResource>(kept.Count);
        foreach (var resource in kept)
        {
            var inside = resource.References.Where(reference => keys.Contains(reference.Target)).ToList();
            outside += resource.References.Count - inside.Count;
            resources.Add(resource.In(resource.AccountId is null ? null : accounts[resource.AccountId], inside));
        }
        var gaps = inventory.Gaps.Where(gap => gap.Kind is not (InventoryGapKind.NoAccount or InventoryGapKind.OnlyLogical) && (gap.AccountId is null || accounts.ContainsKey(gap.AccountId)))
            .Concat(Unknown(resources)).ToList();
        if (outside > 0)
            gaps.Add(Gap(InventoryGapKind.UnresolvedReference, outside, $"{Counted(outside, "reference")} to resources of other accounts than those asked for {(outside == 1 ? "is" : "are")} not counted."));
        return new MergedInventory(resources, Ordered(gaps));
    }

    // Where every resource says its account itself, the folder makes no second deployment of it.
    private static string? AccountOfDeployment(InventoryFile file) =>
        file.Resources.All(sighting => sighting.AccountId is not null) ? null : file.AccountId;

    // A template is deployed once in each Region; a state, a list or a bill is of what is there, in whichever folder it lies.
    private static string? RegionOfDeployment(InventoryFile file) => file.Kind == InventorySourceKind.Template ? file.Region : null;

    private Deployment Add(InventoryFile file)
    {
        var deployment = new Deployment(file, new Dictionary<string, string>(file.Resources.Count, StringComparer.Ordinal));
        foreach (var raw in file.Resources.OrderBy(sighting => sighting.LocalId, StringComparer.Ordinal))
        {
            var sighting = Bound(raw, file);
            var identity = ResourceIdentity.Of(sighting, _types);
            var key = identity ?? $"{sighting.Type}/{sighting.AccountId}/{RegionOfDeployment(file)}/{InFile(file)}/{sighting.LocalId}";
            deployment.Keys[sighting.LocalId] = key;
            if (!_byKey.TryGetValue(key, out var seen)) _byKey.Add(key, seen = []);
            seen.Add(new Seen(file, sighting, identity is not null));
            if (sighting.Costs is not null) _costs.Add(key, file, sighting);
        }
        foreach (var (name, local) in file.Exports)
        {
            if (!deployment.Keys.TryGetValue(local, out var key)) continue;
            if (!_exports.TryGetValue((file.AccountId, name), out var exports)) _exports.Add((file.AccountId, name), exports = []);
            exports.Add(new Export(file.Region, key));
        }
        foreach (var cost in file.Unattributed) _costs.AddUnattributed(file, cost);
        return deployment;
    }

    // By its name, not its digest: the same file with its keys in another order, or with a line more, has the same resources.
    private static string InFile(InventoryFile file) => $"file:{file.File.Replace('\\', '/')}";

    /// <summary>With account and Region: what its own ARN says, else its own columns, else its file.</summary>
    private ResourceSighting Bound(ResourceSighting sighting, InventoryFile file)
    {
        var account = ResourceIdentity.AccountOf(sighting, _types) ?? sighting.AccountId ?? file.AccountId;
        var region = ResourceIdentity.RegionOf(sighting, _types) ?? sighting.Region ?? file.Region;
        return account == sighting.AccountId && region == sighting.Region ? sighting : sighting with { AccountId = account, Region = region };
    }

    private void Resolve(Deployment deployment, Dictionary<string, SortedSet<string>> edges)
    {
        foreach (var sighting in deployment.File.Resources)
        {
            var source = deployment.Keys[sighting.LocalId];
            foreach (var reference in sighting.References)
            {
                var target = reference.IsImport ? Imported(deployment.File, reference.Target) : deployment.Keys.GetValueOrDefault(reference.Target);
                if (target is null)
                {
                    _unresolved++;
                    continue;
                }
                if (target == source) continue;
                if (!edges.TryGetValue(source, out var targets)) edges.Add(source, targets = new SortedSet<string>(StringComparer.Ordinal));
                targets.Add(target);
            }
        }
    }

    /// <summary>
    /// An export's name stands once in an account and Region. Where the files do not say the Region and so show several, one of them is
    /// taken, always the same: each import is one coupling, however many files there are.
    /// </summary>
    private string? Imported(InventoryFile file, string name)
    {
        if (!_exports.TryGetValue((file.AccountId, name), out var exports)) return null;
        var near = exports.Where(export => export.Region == file.Region || export.Region is null || file.Region is null);
        return near.Select(export => export.Key).Min(StringComparer.Ordinal);
    }

    private InventoryResource Resource(string key, List<Seen> seen, SortedSet<string>? targets)
    {
        // Files were added in order, so the first that says something is always the same. An account or Region is known best to those who
        // were there: bills and exports, then states.
        var first = seen[0].Sighting;
        var known = seen.AsEnumerable().Reverse();
        var stack = seen.FirstOrDefault(one => one.File.Kind is InventorySourceKind.Template or InventorySourceKind.TerraformState or InventorySourceKind.TerraformPlan)?.File.StackName;
        // The type is part of the key, so it is the same in every choice of sources: a SAM function is the function that it becomes.
        var type = _types.Canonical(first.Type);
        var cost = _costs.Of(key);
        return new InventoryResource
        {
            Key = key,
            Type = type,
            Variant = First(seen, one => one.Variant),
            AccountId = First(known, one => one.AccountId),
            Region = First(known, one => one.Region),
            Arn = First(seen, one => one.Arn),
            PhysicalId = First(seen, one => one.PhysicalId),
            LogicalId = First(seen, one => one.LogicalId),
            Stack = stack,
            Workload = First(seen, one => one.Workload) ?? stack,
            References = targets is null ? [] : [.. targets.Select(target => new ResourceReference(target, _classOf(type, _types.Canonical(_byKey[target][0].Sighting.Type))))],
            MonthlyCost = cost?.Monthly,
            Currency = cost?.Currency,
            DataGigabytes = seen.Max(one => one.Sighting.DataGigabytes),
            Traits = seen.Aggregate(TemplateTraits.None, (traits, one) => traits | one.Sighting.Traits),
            IsMatched = seen[0].HasIdentity,
            Sources = [.. seen.Select(one => new InventorySource(one.File.Kind, one.File.File)).Distinct()],
        };
    }

    private static string? First(IEnumerable<Seen> seen, Func<ResourceSighting, string?> part) =>
        seen.Select(one => part(one.Sighting)).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>What is not known of resources: their account, and whether they are counted twice.</summary>
    private static IEnumerable<InventoryGap> Unknown(List<InventoryResource> resources)
    {
        var unbound = resources.Count(resource => resource.AccountId is null);
        if (unbound > 0)
            yield return Gap(InventoryGapKind.NoAccount, unbound, $"{Counted(unbound, "resource")} {(unbound == 1 ? "is" : "are")} bound to no account. Put their files in a folder named by the account's id.");
        var logical = resources.Count(resource => !resource.IsMatched);
        if (logical > 0)
            yield return Gap(InventoryGapKind.OnlyLogical, logical, $"Of {Counted(logical, "resource")} only the logical id is known; if another source shows them too, they are counted twice. State files and exports say what they became.");
    }

    private static string Counted(int count, string what) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static InventoryGap Gap(InventoryGapKind kind, int count, string message, string? file = null) => new() { Kind = kind, Count = count, Message = message, File = file };

    private static List<InventoryGap> Ordered(IEnumerable<InventoryGap> gaps) =>
        [.. gaps.OrderBy(gap => gap.Kind).ThenBy(gap => gap.File, StringComparer.Ordinal).ThenBy(gap => gap.AccountId, StringComparer.Ordinal).ThenBy(gap => gap.Message, StringComparer.Ordinal)];

    private sealed record Deployment(InventoryFile File, Dictionary<string, string> Keys);

    private sealed record Seen(InventoryFile File, ResourceSighting Sighting, bool HasIdentity);

    private readonly record struct Export(string? Region, string Key);
}
