namespace Guardrails;

/// <summary>What kind of file a resource was seen in.</summary>
public enum InventorySourceKind
{
    /// <summary>A CloudFormation or SAM template, or what the CDK puts out.</summary>
    Template,

    /// <summary>A Terraform state file, format 4.</summary>
    TerraformState,

    /// <summary>A Terraform plan as JSON.</summary>
    TerraformPlan,

    /// <summary>An export of AWS Resource Explorer.</summary>
    ResourceExport,

    /// <summary>A bill: FOCUS, or AWS's Cost and Usage Report 2.0.</summary>
    Bill,
}

/// <summary>A file in which a resource was seen.</summary>
/// <param name="Kind">What the file is.</param>
/// <param name="File">The file as the user named it.</param>
public sealed record InventorySource(InventorySourceKind Kind, string File)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {File}";
}
