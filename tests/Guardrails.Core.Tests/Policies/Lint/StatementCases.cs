using static Guardrails.Core.Tests.Policies.Lint.LintCase;

namespace Guardrails.Core.Tests.Policies.Lint;

internal static class StatementCases
{
    private const string Deny1 = """{"Sid":"One","Effect":"Deny","Action":"s3:GetObject","Resource":"*"}""";

    public static IReadOnlyList<LintCase> All { get; } =
    [
        InDocument("GR-POL-020", true, "an element at the top", """{"Version":"2012-10-17",§"Comment":"","Statement":[]}"""),
        InScp("GR-POL-020", true, "an element of a statement", """{"Effect":"Deny","Actions":"s3:GetObject","Resource":"*"}""".Replace("\"Actions", "§\"Actions", StringComparison.Ordinal)),
        InScp("GR-POL-020", true, "an element in other case", """{§"effect":"Deny","Action":"s3:GetObject","Resource":"*"}"""),
        InScp("GR-POL-020", false, "every element there is",
            """{"Sid":"","Effect":"Deny","Principal":"*","NotPrincipal":"*","Action":"*","NotAction":"*","Resource":"*","NotResource":"*","Condition":{}}"""),
        InScp("GR-POL-021", true, "a Sid twice", Deny1 + "," + Deny1.Replace("\"One\"", "§\"One\"", StringComparison.Ordinal)),
        InScp("GR-POL-021", false, "two Sids", Deny1 + "," + Deny1.Replace("One", "one", StringComparison.Ordinal)),
        InScp("GR-POL-022", true, "a space in a Sid", Deny1.Replace("\"One\"", "§\"Number One\"", StringComparison.Ordinal)),
        InScp("GR-POL-022", true, "an empty Sid", Deny1.Replace("\"One\"", "§\"\"", StringComparison.Ordinal)),
        InScp("GR-POL-022", false, "letters and digits", Deny1),
        InDocument("GR-POL-023", true, "no Version", "§{\"Statement\":[" + Deny1 + "]}"),
        InDocument("GR-POL-023", false, "a Version", Policy(Deny1)),
        InDocument("GR-POL-024", true, "the old Version", Policy(Deny1).Replace("\"2012-10-17\"", "§\"2008-10-17\"", StringComparison.Ordinal)),
        InDocument("GR-POL-024", false, "the current Version", Policy(Deny1)),
        InDocument("GR-POL-025", true, "a Version that there is not", Policy(Deny1).Replace("\"2012-10-17\"", "§\"2020-01-01\"", StringComparison.Ordinal)),
        InDocument("GR-POL-025", false, "the old Version", Policy(Deny1).Replace("2012-10-17", "2008-10-17", StringComparison.Ordinal)),
        InDocument("GR-POL-026", true, "no Statement", """§{"Version":"2012-10-17"}"""),
        InDocument("GR-POL-026", true, "an empty list", """{"Version":"2012-10-17","Statement":§[]}"""),
        InDocument("GR-POL-026", false, "a statement that is not in a list", """{"Version":"2012-10-17","Statement":{}}"""),
        InScp("GR-POL-027", true, "no Effect", """§{"Action":"s3:GetObject","Resource":"*"}"""),
        InScp("GR-POL-027", true, "an Effect in other case", """{"Effect":§"deny","Action":"s3:GetObject","Resource":"*"}"""),
        InScp("GR-POL-027", false, "both effects", """{"Effect":"Deny"},{"Effect":"Allow"}"""),
        InScp("GR-POL-028", true, "neither Action nor NotAction", """§{"Effect":"Deny","Resource":"*"}"""),
        InScp("GR-POL-028", true, "both Action and NotAction", """{"Effect":"Deny","Action":"s3:*",§"NotAction":"s3:*","Resource":"*"}"""),
        InScp("GR-POL-028", true, "an empty Action", """{"Effect":"Deny",§"Action":[],"Resource":"*"}"""),
        InScp("GR-POL-028", false, "NotAction alone", """{"Effect":"Deny","NotAction":["s3:*"],"Resource":"*"}"""),
        InScp("GR-POL-029", true, "neither Resource nor NotResource", """§{"Effect":"Deny","Action":"*"}"""),
        InScp("GR-POL-029", true, "both Resource and NotResource", """{"Effect":"Deny","Action":"s3:*","Resource":"*",§"NotResource":"*"}"""),
        InScp("GR-POL-029", false, "NotResource alone", """{"Effect":"Deny","Action":"s3:*","NotResource":"*"}"""),
        InScp("GR-POL-033", true, "a bucket's name", """{"Effect":"Deny","Action":"s3:*","Resource":["*",§"my-bucket/*"]}"""),
        InScp("GR-POL-033", true, "an ARN with a part missing", """{"Effect":"Deny","Action":"s3:*","Resource":§"arn:aws:s3::bucket"}"""),
        InScp("GR-POL-033", false, "ARNs", """{"Effect":"Deny","Action":"s3:*","Resource":["*","arn:aws:s3:::bucket/*","arn:*:iam::*:role/x","${aws:x}","arn:*"]}"""),

        InScp("GR-POL-030", true, "an action without a service", """{"Effect":"Deny","Action":["s3:*",§"GetObject"],"Resource":"*"}"""),
        InScp("GR-POL-030", true, "a space", """{"Effect":"Deny","Action":§"s3: GetObject","Resource":"*"}"""),
        InScp("GR-POL-030", true, "two colons", """{"Effect":"Deny","NotAction":§"s3:Get:Object","Resource":"*"}"""),
        InScp("GR-POL-030", false, "wildcards anywhere", """{"Effect":"Deny","Action":["*","s3:Get*Acl","*:Get?","s*:*"],"Resource":"*"}"""),
        InScp("GR-POL-031", true, "a service that there is not", """{"Effect":"Deny","Action":§"s33:GetObject","Resource":"*"}"""),
        InScp("GR-POL-031", false, "services in any case", """{"Effect":"Deny","Action":["S3:GetObject","sts:AssumeRole"],"Resource":"*"}"""),
        InScp("GR-POL-032", true, "a misspelt action", """{"Effect":"Deny","Action":§"s3:GetObjekt","Resource":"*"}"""),
        InScp("GR-POL-032", true, "a pattern that no action fits", """{"Effect":"Deny","Action":§"ec2:Terminates*","Resource":"*"}"""),
        InScp("GR-POL-032", false, "actions in any case, and of services that are not known", """{"Effect":"Deny","Action":["EC2:runinstances","s3:Get*","nosuch:Thing"],"Resource":"*"}"""),
        InScp("GR-POL-034", true, "an action of former editions", """{"Effect":"Deny","Action":§"aws-marketplace:CreatePrivateMarketplace","Resource":"*"}"""),
        InScp("GR-POL-034", false, "an action of today", """{"Effect":"Deny","Action":"aws-marketplace:Subscribe","Resource":"*"}"""),
    ];
}
