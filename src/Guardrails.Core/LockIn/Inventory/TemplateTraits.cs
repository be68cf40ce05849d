namespace Guardrails;

/// <summary>What makes a resource's definition harder to write anew in another tool.</summary>
[Flags]
public enum TemplateTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is defined in CloudFormation, SAM or by the CDK.</summary>
    CloudFormation = 1,

    /// <summary>It is defined in Terraform.</summary>
    Terraform = 2,

    /// <summary>A custom resource: its behaviour is code of its own.</summary>
    CustomResource = 4,

    /// <summary>A macro, or a transform that makes more of it than is written, stands on it.</summary>
    Macro = 8,

    /// <summary>A nested stack, or a module.</summary>
    NestedStack = 16,
}
