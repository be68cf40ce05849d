using static Guardrails.Core.Tests.Policies.Lint.LintCase;

namespace Guardrails.Core.Tests.Policies.Lint;

internal static class ServiceControlCases
{
    private const string GlobalServices =
        "\"budgets:*\",\"ce:*\",\"cloudfront:*\",\"globalaccelerator:*\",\"health:*\",\"iam:*\",\"networkmanager:*\",\"organizations:*\",\"route53:*\",\"route53domains:*\",\"shield:*\",\"support:*\",\"trustedadvisor:*\",\"waf:*\"";

    public static IReadOnlyList<LintCase> All { get; } =
    [
        InScp("GR-SCP-001", true, "Principal", """{"Effect":"Deny",§"Principal":"*","Action":"s3:*","Resource":"*"}"""),
        InScp("GR-SCP-001", true, "NotPrincipal", """{"Effect":"Deny",§"NotPrincipal":{"AWS":"x"},"Action":"s3:*","Resource":"*"}"""),
        InScp("GR-SCP-001", false, "no principal", """{"Effect":"Deny","Action":"s3:*","Resource":"*"}"""),
        InRcp("GR-SCP-001", false, "Principal of an RCP", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}"""),
        InScp("GR-SCP-002", true, "a deny for all", """§{"Effect":"Deny","Action":"s3:*","Resource":"*"}"""),
        InScp("GR-SCP-002", true, "a condition on something else", "§" + Deny("""{"Bool":{"aws:SecureTransport":"false"}}""")),
        InScp("GR-SCP-002", false, "a role that is spared", Deny("""{"ArnNotLike":{"aws:PrincipalARN":"arn:aws:iam::*:role/Break"}}""")),
        InScp("GR-SCP-002", false, "a tag that spares", Deny("""{"StringNotEquals":{"aws:PrincipalTag/break-glass":"true"}}""")),
        InScp("GR-SCP-003", true, "everything outside of a region", Deny("""{"StringNotEquals":{§"aws:RequestedRegion":"eu-west-1"}}""", "\"*\"")),
        InScp("GR-SCP-003", true, "NotAction without some", """{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*","Condition":{"StringNotEquals":{§"aws:RequestedRegion":"eu-west-1"}}}"""),
        InScp("GR-SCP-003", false, "NotAction with all", """{"Effect":"Deny","NotAction":[""" + GlobalServices + """],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}"""),
        InScp("GR-SCP-003", false, "the regions of the global services allowed", Deny("""{"StringNotLike":{"aws:RequestedRegion":["us-east-1","us-west-*"]}}""", "\"*\"")),
        InScp("GR-SCP-003", false, "a deny of single services", Deny("""{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}""", "[\"ec2:*\"]")),
        InScp("GR-SCP-004", true, "a deny of everything", """§{"Effect":"Deny","Action":"*","Resource":"*"}"""),
        InScp("GR-SCP-004", false, "a deny of everything to some", Deny("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}""", "\"*\"")),
        InScp("GR-SCP-005", true, "an allow of some services", """§{"Effect":"Allow","Action":["s3:*","ec2:*"],"Resource":"*"}"""),
        InScp("GR-SCP-005", false, "an allow of everything", """{"Effect":"Allow","Action":"*","Resource":"*"}"""),
    ];
}
