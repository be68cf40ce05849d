using static Guardrails.Core.Tests.Policies.Lint.LintCase;

namespace Guardrails.Core.Tests.Policies.Lint;

internal static class ConditionCases
{
    public static IReadOnlyList<LintCase> All { get; } =
    [
        InCondition("GR-POL-040", true, "a misspelt operator", """{§"StringEqual":{"aws:username":"a"}}"""),
        InCondition("GR-POL-040", true, "a set operator that there is not", """{§"ForEachValue:StringEquals":{"aws:TagKeys":"a"}}"""),
        InCondition("GR-POL-040", true, "IfExists in front", """{§"IfExistsBool":{"aws:SecureTransport":"true"}}"""),
        InCondition("GR-POL-040", false, "operators in any case, with all their parts", """{"forallvalues:stringlikeifexists":{"aws:TagKeys":"a"},"ARNLIKE":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}"""),
        InCondition("GR-POL-041", true, "NullIfExists", """{§"NullIfExists":{"aws:username":"true"}}"""),
        InCondition("GR-POL-041", true, "ForAnyValue:Null", """{§"ForAnyValue:Null":{"aws:TagKeys":"true"}}"""),
        InCondition("GR-POL-041", false, "Null", """{"Null":{"aws:username":"true"}}"""),
        InCondition("GR-POL-042", true, "a key without a value", """{"StringEquals":{§"aws:username":[]}}"""),
        InCondition("GR-POL-042", true, "an operator without a key", """{§"StringEquals":{}}"""),
        InCondition("GR-POL-042", true, "no operator", "§{}"),
        InCondition("GR-POL-042", false, "an empty text as a value", """{"StringEquals":{"aws:username":""}}"""),
        InCondition("GR-POL-043", true, "a word for a number", """{"NumericLessThan":{"s3:TlsVersion":["1.2",§"one"]}}"""),
        InCondition("GR-POL-043", true, "a date of another form", """{"DateGreaterThan":{"aws:CurrentTime":§"24.11.2026"}}"""),
        InCondition("GR-POL-043", true, "yes for true", """{"Bool":{"aws:SecureTransport":§"yes"}}"""),
        InCondition("GR-POL-043", true, "an address with three parts", """{"NotIpAddress":{"aws:SourceIp":§"203.0.113/24"}}"""),
        InCondition("GR-POL-043", true, "a mask that is too long", """{"NotIpAddress":{"aws:SourceIp":§"203.0.113.0/33"}}"""),
        InCondition("GR-POL-043", true, "an ARN with parts missing", """{"ArnLike":{"aws:PrincipalArn":§"arn:aws:iam:*"}}"""),
        InCondition("GR-POL-043", true, "no Base64", """{"BinaryEquals":{"aws:username":§"%%%"}}"""),
        InCondition("GR-POL-043", false, "values of each kind, variables and placeholders", """
            {"NumericLessThan":{"s3:TlsVersion":["1.2",1,"-3","${aws:x}","[MAX]"]},
             "DateGreaterThan":{"aws:CurrentTime":["2026-11-24","2026-11-24T00:00Z","2026-11-24T00:00:00Z","2026-11-24T00:00:00.5+01:00","1795478400"]},
             "Bool":{"aws:SecureTransport":[true,"TRUE"]},"Null":{"aws:username":"false"},"BinaryEquals":{"aws:username":"QUJD"},
             "IpAddress":{"aws:SourceIp":["203.0.113.7","203.0.113.5/24","2001:db8::/32","2001:DB8:0:0::1"]},
             "ArnLike":{"aws:PrincipalArn":["*","arn:aws:iam::*:role/x","arn:*:iam::*:*"]},"StringEquals":{"aws:username":"anything"}}
            """),
        InCondition("GR-POL-044", true, "a star under StringEquals", """{"StringEquals":{"aws:username":§"admin*"}}"""),
        InCondition("GR-POL-044", true, "a question mark under StringNotEqualsIgnoreCase", """{"StringNotEqualsIgnoreCase":{"aws:username":§"admin?"}}"""),
        InCondition("GR-POL-044", false, "Like, ARNs, the literal, and a URL", """
            {"StringLike":{"aws:username":"a*"},"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::*:role/x"},"StringEquals":{"aws:username":"a${*}","aws:referer":"https://x?y"}}
            """),
        InCondition("GR-POL-045", true, "a key in two cases", """{"StringEquals":{"aws:PrincipalArn":"a",§"aws:PrincipalARN":"b"}}"""),
        InCondition("GR-POL-045", false, "a key under two operators", """{"StringEquals":{"aws:PrincipalArn":"a"},"StringLike":{"aws:PrincipalARN":"b"}}"""),
        InCondition("GR-POL-046", true, "ForAllValues alone", """{§"ForAllValues:StringEquals":{"aws:TagKeys":"a"}}"""),
        InCondition("GR-POL-046", true, "a Null check that says the opposite", """{§"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"Null":{"aws:TagKeys":"true"}}"""),
        InCondition("GR-POL-046", false, "a Null check, in other case", """{"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"Null":{"aws:tagkeys":"false"}}"""),
        InCondition("GR-POL-046", false, "ForAnyValue", """{"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}"""),
        InCondition("GR-POL-047", true, "IPv4 ranges", """{"NotIpAddress":{§"aws:SourceIp":["198.51.100.0/24","203.0.113.0/24"]}}"""),
        InCondition("GR-POL-047", false, "both families", """{"NotIpAddress":{"aws:SourceIp":["198.51.100.0/24","2001:db8::/32"]}}"""),
        InCondition("GR-POL-048", true, "an address of RFC 1918", """{"NotIpAddress":{"aws:SourceIp":["198.51.100.0/24",§"10.1.0.0/16"]}}"""),
        InCondition("GR-POL-048", false, "the same for aws:VpcSourceIp", """{"NotIpAddress":{"aws:VpcSourceIp":"10.1.0.0/16"}}"""),
        InCondition("GR-POL-049", true, "a session's ARN", """{"ArnNotLike":{"aws:PrincipalARN":§"arn:aws:sts::*:assumed-role/Admin/*"}}"""),
        InCondition("GR-POL-049", false, "the role's ARN, and the session's elsewhere", """{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"},"StringLike":{"aws:userid":"arn:aws:sts::1:assumed-role/a/b"}}"""),
        InCondition("GR-POL-050", true, "Bool", """{§"Bool":{"aws:MultiFactorAuthPresent":"false"}}"""),
        InCondition("GR-POL-050", false, "BoolIfExists", """{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}"""),
        InDocument("GR-POL-051", true, "a variable under the old Version",
            """{"Version":"2008-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":§"arn:aws:s3:::${aws:username}"}}"""),
        InDocument("GR-POL-051", true, "a variable without a Version",
            """{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:username":§"${aws:userid}"}}}}"""),
        InScp("GR-POL-051", false, "a variable under the current Version", """{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}"}"""),

        InCondition("GR-POL-060", true, "a misspelt key", """{"StringEquals":{§"aws:PrincipalOrgIds":"o-1"}}"""),
        InCondition("GR-POL-060", true, "a tag key without its tag", """{"StringEquals":{§"aws:PrincipalTag/":"o-1"}}"""),
        InCondition("GR-POL-060", false, "keys in any case, and tags", """{"StringEquals":{"AWS:principalorgid":"o-1","aws:PrincipalTag/team/a":"x","aws:SourceVpcArn":"x"}}"""),
        InCondition("GR-POL-061", true, "a key that the service has not", """{"StringEquals":{§"s3:Prefixes":"a"}}"""),
        InCondition("GR-POL-061", true, "a key without a prefix", """{"StringEquals":{§"SecureTransport":"a"}}"""),
        InCondition("GR-POL-061", false, "keys of services, their tags, and claims of identity providers",
            """{"StringEquals":{"s3:prefix":"a","iam:ResourceTag/team":"a","kms:EncryptionContext:app":"a","app.terraform.io:sub":"a","gitlab.com:sub":"b"}}"""),
        InCondition("GR-POL-062", true, "a key of a service that is not known", """{"StringEquals":{§"quantum:Level":"a"}}"""),
        InCondition("GR-POL-062", false, "keys of known services", """{"StringEquals":{"s3:nosuch":"a","identitycenter:UserId":"b","saml:aud":"c"}}"""),
        InCondition("GR-POL-063", true, "a number compared as an address", """{§"IpAddress":{"s3:signatureAge":"203.0.113.0/24"}}"""),
        InCondition("GR-POL-063", true, "a truth value compared as a number", """{§"NumericEquals":{"aws:SecureTransport":"1"}}"""),
        InCondition("GR-POL-063", true, "an address compared as a text", """{§"StringLike":{"aws:SourceIp":"10.*"}}"""),
        InCondition("GR-POL-063", false, "operators of the keys' types", """
            {"StringLike":{"aws:PrincipalArn":"a*"},"Bool":{"aws:SecureTransport":"true"},"NumericLessThan":{"aws:EpochTime":"1"},"ForAnyValue:StringEquals":{"aws:TagKeys":"a"},"Null":{"aws:SourceIp":"true"}}
            """),
        InCondition("GR-POL-064", true, "a global key with several values", """{§"StringEquals":{"aws:CalledVia":"athena.amazonaws.com"}}"""),
        InCondition("GR-POL-064", true, "a service's key with several values", """{§"StringEquals":{"dynamodb:Attributes":"a"}}"""),
        InCondition("GR-POL-064", false, "a set operator, and Null", """{"ForAnyValue:StringEquals":{"aws:CalledVia":"a"},"Null":{"aws:TagKeys":"true"}}"""),
        InCondition("GR-POL-065", true, "a key with one value", """{§"ForAnyValue:StringEquals":{"aws:PrincipalOrgID":"o-1"}}"""),
        InCondition("GR-POL-065", false, "a key with several values, and one that is not known", """{"ForAnyValue:StringEquals":{"aws:TagKeys":"a","x:y":"b"}}"""),
        InCondition("GR-POL-066", true, "a VPC without a guard", """{"StringNotEqualsIfExists":{§"aws:SourceVpc":"vpc-1"}}"""),
        InCondition("GR-POL-066", true, "addresses without a guard", """{"NotIpAddress":{§"aws:SourceIp":"203.0.113.0/24"}}"""),
        InCondition("GR-POL-066", false, "a check that the key is there", """{"StringNotEquals":{"aws:SourceVpc":"vpc-1"},"Null":{"aws:SourceVpc":"false"}}"""),
        InCondition("GR-POL-066", false, "services that call for the principal spared", """{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"},"BoolIfExists":{"aws:ViaAWSService":"false"}}"""),
        InCondition("GR-POL-066", false, "a tag as an exemption", """{"StringNotEquals":{"aws:PrincipalTag/admin":"true"}}"""),
    ];
}
