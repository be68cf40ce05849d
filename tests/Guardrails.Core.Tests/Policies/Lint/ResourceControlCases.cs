using static Guardrails.Core.Tests.Policies.Lint.LintCase;

namespace Guardrails.Core.Tests.Policies.Lint;

internal static class ResourceControlCases
{
    private const string Plain = """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""";

    public static IReadOnlyList<LintCase> All { get; } =
    [
        InRcp("GR-RCP-001", true, "an Allow", Plain.Replace("\"Deny\"", "§\"Allow\"", StringComparison.Ordinal)),
        InRcp("GR-RCP-001", false, "a Deny", Plain),
        InRcp("GR-RCP-002", true, "no Principal", """§{"Effect":"Deny","Action":"s3:*","Resource":"*"}"""),
        InRcp("GR-RCP-002", true, "a principal by its ARN", """{"Effect":"Deny",§"Principal":{"AWS":"*"},"Action":"s3:*","Resource":"*"}"""),
        InRcp("GR-RCP-002", false, "everybody", Plain),
        InRcp("GR-RCP-003", true, "NotPrincipal", """{"Effect":"Deny",§"NotPrincipal":"*","Action":"s3:*","Resource":"*"}"""),
        InRcp("GR-RCP-003", false, "Principal", Plain),
        InRcp("GR-RCP-004", true, "NotAction", """{"Effect":"Deny","Principal":"*",§"NotAction":"s3:*","Resource":"*"}"""),
        InRcp("GR-RCP-004", false, "Action", Plain),
        InRcp("GR-RCP-005", true, "a bare star", """{"Effect":"Deny","Principal":"*","Action":["s3:*",§"*"],"Resource":"*"}"""),
        InRcp("GR-RCP-005", false, "a service's star", Plain),
        InRcp("GR-RCP-006", true, "a service that RCPs don't bind", """{"Effect":"Deny","Principal":"*","Action":["s3:*",§"ec2:*"],"Resource":"*"}"""),
        InRcp("GR-RCP-006", false, "services of the facts page", """
            {"Effect":"Deny","Principal":"*","Resource":"*","Action":["aoss:*","appconfig:*","appstream:*","autoscaling:*","codebuild:*","codecommit:*","cognito-identity:*","cognito-idp:*",
             "comprehend:*","comprehendmedical:*","dax:*","dynamodb:*","ecr:*","health:*","kinesisvideo:*","kms:*","logs:*","s3:*","secretsmanager:*","signin:*","sqs:*","sts:*","support:*",
             "textract:*","transcribe:*","translate:*"]}
            """),
        InDocument("GR-RCP-007", true, "the old Version", Policy(Plain).Replace("\"2012-10-17\"", "§\"2008-10-17\"", StringComparison.Ordinal), PolicyTypes.ResourceControlPolicy),
        InRcp("GR-RCP-007", false, "the current Version", Plain),
        InRcp("GR-RCP-008", true, "a boundary for all", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{§"aws:PrincipalOrgID":"o-1"}}}"""),
        InRcp("GR-RCP-008", false, "a boundary that spares services",
            """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}"""),
        InRcp("GR-RCP-009", true, "kms:RetireGrant", """{"Effect":"Deny","Principal":"*","Action":["kms:CreateGrant",§"kms:retiregrant"],"Resource":"*"}"""),
        InRcp("GR-RCP-009", false, "kms:CreateGrant", """{"Effect":"Deny","Principal":"*","Action":"kms:CreateGrant","Resource":"*"}"""),
    ];
}
