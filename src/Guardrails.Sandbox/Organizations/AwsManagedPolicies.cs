namespace Guardrails.Sandbox;

/// <param name="Type">The policy type whose enabling attaches it everywhere.</param>
internal sealed record AwsManagedPolicy(string Id, string Arn, string Name, string Description, string Type, string Content);

/// <summary>The policies that AWS owns: there in every organization, attachable, not changeable.</summary>
/// <remarks>Source: AWS Organizations user guide, "Service control policies" and "Resource control policies" (2026).</remarks>
internal static class AwsManagedPolicies
{
    public const string FullAwsAccess = "p-FullAWSAccess";
    public const string RcpFullAwsAccess = "p-RCPFullAWSAccess";

    public static IReadOnlyList<AwsManagedPolicy> All { get; } =
    [
        new(FullAwsAccess, "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "FullAWSAccess",
            "Allows access to every operation", PolicyType.ServiceControl,
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "*",
                  "Resource": "*"
                }
              ]
            }
            """),
        new(RcpFullAwsAccess, "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess", "RCPFullAWSAccess",
            "Allows access to every resource", PolicyType.ResourceControl,
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Principal": "*",
                  "Action": "*",
                  "Resource": "*"
                }
              ]
            }
            """),
    ];
}

/// <summary>The two types of policy that grant or refuse; all others configure and are merged into an effective policy.</summary>
internal static class PolicyType
{
    public const string ServiceControl = "SERVICE_CONTROL_POLICY";
    public const string ResourceControl = "RESOURCE_CONTROL_POLICY";

    /// <summary>True for SCPs and RCPs.</summary>
    public static bool IsAuthorization(string type) => type is ServiceControl or ResourceControl;
}
