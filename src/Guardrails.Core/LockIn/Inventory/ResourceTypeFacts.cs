namespace Guardrails;

/// <summary>What the readers of an inventory and the identity of resources need to know of a CloudFormation type. It comes from data.</summary>
internal sealed record ResourceTypeFacts
{
    /// <summary>The type: <c>AWS::SQS::Queue</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// The ARN from its service on: <c>sqs:{region}:{account}:{id}</c>, <c>s3:::{id}</c>, <c>iam::{account}:role/{path}{id}</c>,
    /// <c>logs:{region}:{account}:log-group:{id*}</c>, <c>secretsmanager:{region}:{account}:secret:{id*}-??????</c>. <c>{id}</c> is what
    /// CloudFormation's Ref or Terraform's id says of it (the name of a queue, not its URL) and has no slash and no colon; <c>{id*}</c> may
    /// have them. <c>{path}</c> is any text that ends in a slash, or nothing, <c>*</c> any text, <c>?</c> any character: they mean nothing
    /// for the identity. Where the ARN has no account or no Region, neither has the identity. Null where the type has no ARN, or where
    /// what stands after the first slash or colon of its resource will do.
    /// </summary>
    public string? Arn { get; init; }

    /// <summary>The type as which other sources show the same resource: <c>AWS::Lambda::Function</c> for <c>AWS::Serverless::Function</c>.</summary>
    public string? SameAs { get; init; }

    /// <summary>The property of a template whose literal value is the <c>{id}</c>: <c>QueueName</c>.</summary>
    public string? NameProperty { get; init; }

    /// <summary>The property whose value is the variant: <c>PackageType</c>.</summary>
    public string? VariantProperty { get; init; }

    /// <summary>Terraform's attribute where it is not the property in snake case: <c>type</c> for <c>StateMachineType</c>.</summary>
    public string? VariantAttribute { get; init; }

    /// <summary>The variant where a definition leaves the property out, as it is documented: <c>Zip</c>; null where none is.</summary>
    public string? DefaultVariant { get; init; }

    /// <summary>The only values of it that may be shown; with any other the resource has no variant.</summary>
    public IReadOnlyList<string> VariantValues { get; init; } = [];

    /// <summary>The property that says in GiB how much it can keep: <c>AllocatedStorage</c>; Terraform's attribute is the same in snake case.</summary>
    public string? SizeProperty { get; init; }

    /// <summary>How its ids begin where a bill shows them without ARN, before hexadecimal digits: <c>vol-</c>.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>
    /// What a bill calls it: the product code of rows whose bare id is one of its (<c>AmazonS3</c>), or the resource type (<c>bucket</c>).
    /// They also tell types apart whose ARNs have the same form.
    /// </summary>
    public IReadOnlyList<string> BillNames { get; init; } = [];
}
