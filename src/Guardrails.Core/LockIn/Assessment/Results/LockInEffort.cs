using System.Globalization;
using System.Text.Json.Serialization;

namespace Guardrails;

/// <summary>
/// The effort of leaving, in person-days. The mean is the exact sum of the terms' means. The percentiles are of the sum: they are drawn,
/// each constant once for everything that uses it, and do not add up over groups.
/// </summary>
public sealed record LockInEffort
{
    /// <summary>One in ten draws is less.</summary>
    public required decimal P10 { get; init; }

    /// <summary>Half of the draws are less.</summary>
    public required decimal P50 { get; init; }

    /// <summary>One in ten draws is more.</summary>
    public required decimal P90 { get; init; }

    /// <summary>The mean in hundredths of a person-day.</summary>
    public required long MeanHundredths { get; init; }

    /// <summary>What of the whole's mean is this group's alone, in hundredths. For the whole: the sum of that over all groups.</summary>
    public required long OwnHundredths { get; init; }

    /// <summary>
    /// What this group shares with others, in hundredths: it falls due once, whichever of them leaves. For the whole: what is shared by any,
    /// so that own and shared are the mean.
    /// </summary>
    public required long SharedHundredths { get; init; }

    /// <summary>The mean.</summary>
    [JsonIgnore]
    public decimal Mean => MeanHundredths / 100m;

    /// <summary>What of the whole's mean is this group's alone.</summary>
    [JsonIgnore]
    public decimal Own => OwnHundredths / 100m;

    /// <summary>What it shares with others.</summary>
    [JsonIgnore]
    public decimal Shared => SharedHundredths / 100m;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:0.00} person-days (P10 {P10:0.00}, P50 {P50:0.00}, P90 {P90:0.00})");
}

/// <summary>One additive term of the mean effort.</summary>
public sealed record LockInTerm
{
    /// <summary>What it is for.</summary>
    public required LockInTermKind Kind { get; init; }

    /// <summary>The type, the class of couplings, the kind of export, the family, or the tool.</summary>
    public required string Subject { get; init; }

    /// <summary>The variant of the type.</summary>
    public string? Variant { get; init; }

    /// <summary>How many resources, couplings, stores or definitions; for data volume megabytes (10^6 bytes).</summary>
    public required long Count { get; init; }

    /// <summary>The term's mean, in hundredths of a person-day.</summary>
    public required long AmountHundredths { get; init; }

    /// <summary>What of the whole's term is this group's alone, in hundredths; nothing where it is shared.</summary>
    public required long OwnHundredths { get; init; }

    /// <summary>True where other groups need it too and it falls due once for all.</summary>
    public bool IsShared { get; init; }

    /// <summary>How the amount comes about: <c>0.80 × 5^0.68</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>The names of the constants in it.</summary>
    public required IReadOnlyList<string> Constants { get; init; }

    /// <summary>Where the constants and the profile's levels come from.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>The term's mean in person-days.</summary>
    [JsonIgnore]
    public decimal Amount => AmountHundredths / 100m;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Subject}{(Variant is null ? "" : $" ({Variant})")}: {Amount:0.00} ({Formula})");
}

/// <summary>What a term is for.</summary>
public enum LockInTermKind
{
    /// <summary>What a type costs once, however many there are.</summary>
    TypeOnce,

    /// <summary>What the resources of a type cost, by the learning curve.</summary>
    TypeEach,

    /// <summary>Couplings of a class.</summary>
    Coupling,

    /// <summary>Getting data out of stores and into others.</summary>
    Migration,

    /// <summary>The volume of that data, where it is known.</summary>
    Volume,

    /// <summary>Learning the alternative of a family of services.</summary>
    Skills,

    /// <summary>Writing definitions anew in another tool.</summary>
    Definition,
}
