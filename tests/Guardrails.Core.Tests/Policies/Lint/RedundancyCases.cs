using static Guardrails.Core.Tests.Policies.Lint.LintCase;

namespace Guardrails.Core.Tests.Policies.Lint;

internal static class RedundancyCases
{
    public static IReadOnlyList<LintCase> All { get; } =
    [
        InScp("GR-POL-070", true, "an action that a pattern covers", """{"Effect":"Deny","Action":["s3:Get*",§"S3:GetObject"],"Resource":"*"}"""),
        InScp("GR-POL-070", true, "a pattern that a wider one covers", """{"Effect":"Deny","Action":[§"s3:Get*Acl","s3:G*"],"Resource":"*"}"""),
        InScp("GR-POL-070", true, "an action twice", """{"Effect":"Deny","Action":["s3:GetObject",§"s3:getobject"],"Resource":"*"}"""),
        InScp("GR-POL-070", true, "a resource that a pattern covers", """{"Effect":"Deny","Action":"s3:*","Resource":["arn:aws:s3:::b*",§"arn:aws:s3:::b/x"]}"""),
        InScp("GR-POL-070", false, "patterns that only meet, and resources in other case",
            """{"Effect":"Deny","Action":["s3:Get*","s3:*Acl"],"Resource":["arn:aws:s3:::b*","arn:aws:s3:::B/x","arn:aws:s3:::${aws:username}*"]}"""),
        InScp("GR-POL-071", true, "a narrower statement", """{"Effect":"Deny","Action":"s3:*","Resource":"*"},§{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::b","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"""),
        InScp("GR-POL-071", true, "a narrower statement before the wide one", """§{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*"}"""),
        InScp("GR-POL-071", true, "the later one of two that say the same", """{"Effect":"Deny","Action":"s3:*","Resource":"*"},§{"Effect":"Deny","Action":"S3:*","Resource":["*"]}"""),
        InScp("GR-POL-071", true, "NotAction that leaves out more", """{"Effect":"Deny","NotAction":"iam:*","Resource":"*"},§{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*"}"""),
        InScp("GR-POL-071", true, "an action that NotAction does not leave out", """{"Effect":"Deny","NotAction":"iam:*","Resource":"*"},§{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}"""),
        InScp("GR-POL-071", false, "another effect, a wide one with a condition of its own, resources that differ",
            """{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","NotAction":"s3:G*","NotResource":"arn:aws:s3:::b"}"""),
        InScp("GR-POL-071", false, "an action that NotAction leaves out", """{"Effect":"Deny","NotAction":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"iam:CreateUser","Resource":"*"}"""),
        InCondition("GR-POL-072", true, "a key that must be missing and must match", """{"StringEquals":{"aws:username":"a"},"Null":{§"aws:username":"true"}}"""),
        InCondition("GR-POL-072", true, "values that are ruled out", """{"StringEquals":{§"aws:username":"a"},"StringNotEquals":{"aws:username":["a","b"]}}"""),
        InCondition("GR-POL-072", false, "a negated operator, IfExists, and ForAllValues", """
            {"StringNotEquals":{"aws:username":"a"},"StringEqualsIfExists":{"aws:username":"b"},"ForAllValues:StringEquals":{"aws:username":"c"},"Null":{"aws:username":"true"}}
            """),
        InScp("GR-POL-073", true, "an allow under a deny", """§{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*"}"""),
        InScp("GR-POL-073", false, "a deny under a condition", """{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},""" + Deny("""{"Bool":{"aws:SecureTransport":"false"}}""", "\"s3:*\"")),
    ];
}
