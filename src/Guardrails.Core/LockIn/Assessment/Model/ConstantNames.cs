namespace Guardrails;

/// <summary>The constants that the model asks for by name alone; the others have the names that <see cref="LockInNames"/> makes.</summary>
internal static class ConstantNames
{
    public const string UnknownFixed = "unknown.fixed";
    public const string UnknownEach = "unknown.each";
    public const string PerTerabyte = "migration.per-terabyte";

    /// <summary>In GB (10^9 bytes) a day; without it the time of the transfer is not known.</summary>
    public const string Bandwidth = "transfer.gigabytes-per-day";

    /// <summary>In months; without it the cost of paying both sides is not known.</summary>
    public const string OverlapMonths = "overlap.months";

    /// <summary>What a definition is written in, or made harder by, and its constant.</summary>
    public static readonly IReadOnlyList<(TemplateTraits Trait, string Name)> Definitions =
    [
        (TemplateTraits.CloudFormation, "iac.cloudformation"),
        (TemplateTraits.Terraform, "iac.terraform"),
        (TemplateTraits.Macro, "iac.macro"),
        (TemplateTraits.CustomResource, "iac.custom-resource"),
        (TemplateTraits.NestedStack, "iac.nested-stack"),
    ];
}
