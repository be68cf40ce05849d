namespace Guardrails;

/// <summary>The types that mean something to the reader of templates itself.</summary>
internal static class TemplateTypes
{
    /// <summary>SAM's own types begin so.</summary>
    public const string Serverless = "AWS::Serverless::";
    public const string Connector = "AWS::Serverless::Connector";
    public const string Api = "AWS::Serverless::Api";
    public const string HttpApi = "AWS::Serverless::HttpApi";

    /// <summary>The type of a module of Rain, which is one by the key or the tag of its type: <c>Type: !Rain::Module file.yaml</c>.</summary>
    public const string RainModule = "Rain::Module";

    /// <summary>The CDK's note about itself; it makes nothing.</summary>
    public const string CdkMetadata = "AWS::CDK::Metadata";

    public static bool IsNested(string type) => type is "AWS::CloudFormation::Stack" or "AWS::Serverless::Application" || IsModule(type);

    /// <summary>Whether resources with other logical ids are made of it, in the same stack.</summary>
    public static bool MakesOthers(string type) => IsServerless(type) || IsModule(type);

    public static bool IsCustom(string type) => type == "AWS::CloudFormation::CustomResource" || type.StartsWith("Custom::", StringComparison.Ordinal);

    public static bool IsServerless(string? type) => type is not null && type.StartsWith(Serverless, StringComparison.Ordinal);

    private static bool IsModule(string type) => type == RainModule || type.EndsWith("::MODULE", StringComparison.Ordinal);
}
