namespace Guardrails;

/// <summary>What the readers of an inventory and the identity of resources need to know of a CloudFormation type. It comes from data.</summary>
internal sealed record ResourceTypeFacts
{
    /// <summary>The type: <c>AWS::SQS::Queue</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// The ARN from its service on: <c>sqs:{region}:{account}:{id}</c>, <c>s3:::{id}</c>, <c>iam::{account}:role/*{id}</c>. <c>{id}</c> is
    /// what CloudFormation's Ref or Terraform's id says of it (the name of a queue, not its URL); <c>*</c> is any text, the longest, and
    /// <c>?</c> any character, both without meaning for the identity. Where the ARN has no account or Region, neither has the identity.
    /// Null where the type has no ARN, or where what Ref says is the ARN and its last part after the first slash or colon will do.
    /// </summary>
    public string? Arn { get; init; }

    /// <summary>The type as which other sources show the same resource: <c>AWS::Lambda::Function</c> for <c>AWS::Serverless::Function</c>.</summary>
    public string? SameAs { get; init; }

    /// <summary>The property of a template whose literal value is the <c>{id}</c>: <c>QueueName</c>.</summary>
    public string? NameProperty { get; init; }

    /// <summary>The property whose value is the variant: <c>PackageType</c>; Terraform's attribute is the same in snake case.</summary>
    public string? VariantProperty { get; init; }

    /// <summary>The only values of it that may be shown; with any other the resource has no variant.</summary>
    public IReadOnlyList<string> VariantValues { get; init; } = [];

    /// <summary>The property that says in GiB how much it can keep: <c>AllocatedStorage</c>; Terraform's attribute is the same in snake case.</summary>
    public string? SizeProperty { get; init; }
}

/// <summary>The types that data knows, and what Terraform calls them.</summary>
internal sealed class ResourceTypeCatalog
{
    private readonly Dictionary<string, ResourceTypeFacts> _types;
    private readonly Dictionary<string, string> _ofTerraform;

    /// <param name="types">Each type once.</param>
    /// <param name="ofTerraform">The CloudFormation type of a Terraform type.</param>
    public ResourceTypeCatalog(IEnumerable<ResourceTypeFacts> types, IEnumerable<KeyValuePair<string, string>> ofTerraform)
    {
        _types = types.ToDictionary(facts => facts.Type, StringComparer.Ordinal);
        _ofTerraform = new(ofTerraform, StringComparer.Ordinal);
    }

    public IEnumerable<ResourceTypeFacts> Types => _types.Values;

    /// <summary>What is known of a type; null where nothing is.</summary>
    public ResourceTypeFacts? Of(string type) => _types.GetValueOrDefault(type);

    /// <summary>The CloudFormation type of a Terraform type; the Terraform type itself where it has none.</summary>
    public string OfTerraform(string terraformType) => _ofTerraform.GetValueOrDefault(terraformType, terraformType);
}
