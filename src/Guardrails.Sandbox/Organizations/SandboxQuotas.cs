using System.Globalization;
using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>The limits in force: the facts of <c>module/data/quotas.json</c>, single values overridden by the user's file of the same shape.</summary>
internal sealed class SandboxQuotas
{
    private readonly Dictionary<string, decimal> _organizations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> _policyTypes = new(StringComparer.Ordinal);

    private SandboxQuotas() { }

    /// <summary>The facts as they come with the module.</summary>
    public static SandboxQuotas Default { get; } = Create(null);

    public int Accounts => Number("accounts");
    public int AccountCreationsInProgress => Number("accountCreationsInProgress");
    public int AccountClosuresInProgress => Number("accountClosuresInProgress");
    public int AccountClosureWindowDays => Number("accountClosureWindowDays");
    public int AccountClosuresMinimum => Number("accountClosuresMinimum");
    public decimal AccountClosuresShare => _organizations["accountClosuresShare"];
    public int AccountClosuresMaximum => Number("accountClosuresMaximum");
    public int AccountRemovalWaitDays => Number("accountRemovalWaitDays");
    public int AccountReopenDays => Number("accountReopenDays");
    public int RegionOptsPerAccount => Number("regionOptsPerAccount");
    public int RegionOptsPerOrganization => Number("regionOptsPerOrganization");
    public int OrganizationalUnits => Number("organizationalUnits");
    public int OrganizationalUnitDepth => Number("organizationalUnitDepth");
    public int PageSize => Number("pageSize");
    public int TagsPerResource => Number("tagsPerResource");
    public int DelegatedAdministratorsPerService => Number("delegatedAdministratorsPerService");
    public int ReadCallsPerSecond => Number("readCallsPerSecond");
    public int ReadCallsBurst => Number("readCallsBurst");
    public int WriteCallsPerSecond => Number("writeCallsPerSecond");
    public int WriteCallsBurst => Number("writeCallsBurst");

    /// <summary>The types of policy that AWS knows.</summary>
    public IEnumerable<string> PolicyTypes => _policyTypes.Keys;

    /// <summary>The limits of one type of policy.</summary>
    public PolicyTypeQuota PolicyType(string type)
    {
        var values = _policyTypes[type];
        return new(values["characters"], values["attachedPerTarget"], values["attachedMinimum"], values["policies"]);
    }

    /// <summary>The embedded facts with a user's own values over them.</summary>
    /// <param name="overrides">A file of the same shape; it may hold only what differs. Null: none.</param>
    /// <exception cref="FormatException">A value is no number, or its name is not one that the sandbox knows.</exception>
    public static SandboxQuotas Create(JsonElement? overrides)
    {
        var quotas = new SandboxQuotas();
        using var stream = typeof(SandboxQuotas).Assembly.GetManifestResourceStream("quotas.json")
            ?? throw new InvalidOperationException("quotas.json is not embedded in the sandbox.");
        using var facts = JsonDocument.Parse(stream);
        quotas.Apply(facts.RootElement, known: true);
        if (overrides is { } values) quotas.Apply(values, known: false);
        return quotas;
    }

    private int Number(string name) => (int)_organizations[name];

    private void Apply(JsonElement file, bool known)
    {
        if (file.ValueKind != JsonValueKind.Object) throw new FormatException("Quotas must be a JSON object like module/data/quotas.json.");
        if (file.TryGetProperty("organizations", out var organizations))
        {
            foreach (var entry in Objects(organizations, "organizations"))
            {
                if (!known && !_organizations.ContainsKey(entry.Name)) throw new FormatException($"Unknown quota organizations.{entry.Name}.");
                _organizations[entry.Name] = Value(entry.Value, "value", $"organizations.{entry.Name}");
            }
        }
        if (!file.TryGetProperty("policyTypes", out var types)) return;
        foreach (var type in Objects(types, "policyTypes"))
        {
            if (!_policyTypes.TryGetValue(type.Name, out var values))
            {
                if (!known) throw new FormatException($"Unknown policy type policyTypes.{type.Name}.");
                _policyTypes[type.Name] = values = new(StringComparer.Ordinal);
            }
            foreach (var name in (string[])["characters", "attachedPerTarget", "attachedMinimum", "policies"])
                if (type.Value.TryGetProperty(name, out _)) values[name] = (int)Value(type.Value, name, $"policyTypes.{type.Name}.{name}");
        }
    }

    /// <summary>The entries of a part; its source and notes are texts and stand beside them.</summary>
    private static IEnumerable<JsonProperty> Objects(JsonElement part, string name)
    {
        if (part.ValueKind != JsonValueKind.Object) throw new FormatException($"Quotas: {name} must be an object.");
        return part.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object);
    }

    private static decimal Value(JsonElement entry, string member, string path)
    {
        if (entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0)
            return number;
        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Quota {path} must be a number from 0 up."));
    }
}

/// <param name="Characters">Of the document as sent, white space counted.</param>
/// <param name="AttachedPerTarget">On one root, organizational unit or account.</param>
/// <param name="AttachedMinimum">Below which nothing can be detached.</param>
/// <param name="Policies">In one organization.</param>
internal sealed record PolicyTypeQuota(int Characters, int AttachedPerTarget, int AttachedMinimum, int Policies);
