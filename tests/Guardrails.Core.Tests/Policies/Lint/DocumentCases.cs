using static Guardrails.Core.Tests.Policies.Lint.LintCase;

namespace Guardrails.Core.Tests.Policies.Lint;

internal static class DocumentCases
{
    private const string Allow = """{"Effect":"Allow","Action":"*","Resource":"*"}""";

    public static IReadOnlyList<LintCase> All { get; } =
    [
        InDocument("GR-POL-001", true, "a brace that is not closed", "{\"Version\":\"2012-10-17\"\n§"),
        InDocument("GR-POL-001", true, "text after the document", "{}\n §x"),
        InDocument("GR-POL-001", false, "a sound document", Policy(Allow)),
        InDocument("GR-POL-004", true, "a comment", "{\n§// why\n\"Version\":\"2012-10-17\"}"),
        InDocument("GR-POL-004", false, "slashes in a text", "{\"Version\":\"2012-10-17//\"}"),
        InDocument("GR-POL-005", true, "a comma before a brace", "{\"Version\":\"2012-10-17\"§,\n}"),
        InDocument("GR-POL-005", true, "a comma before a bracket, with a comment between", "{\"Statement\":[{}§, /* no more */ ]}"),
        InDocument("GR-POL-005", false, "commas between", "{\"Statement\":[{},{}]}"),
        InDocument("GR-POL-006", true, "an element twice", "{\"Version\":\"2012-10-17\",§\"Version\":\"2012-10-17\"}"),
        InDocument("GR-POL-006", true, "a name twice, once with an escape, in a large object",
            "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,§\"\\u0062\":1}"),
        InDocument("GR-POL-006", false, "one name in two objects", Policy(Allow + "," + Allow)),
        InDocument("GR-POL-007", true, "65 brackets", new string('[', 64) + "§[" + new string(']', 65)),
        InDocument("GR-POL-007", false, "64 brackets", new string('[', 64) + new string(']', 64)),
        InDocument("GR-POL-009", true, "an object as an action", Policy("""{"Effect":"Deny","Action":§{},"Resource":"*"}""")),
        InDocument("GR-POL-009", true, "a list at the top", "§[]"),
        InDocument("GR-POL-009", true, "a number as a Sid", Policy("""{"Sid":§1,"Effect":"Deny","Action":"*","Resource":"*"}""")),
        InDocument("GR-POL-009", true, "a statement that is a text", "{\"Statement\":[§\"s3:*\"]}"),
        InDocument("GR-POL-009", true, "an operator with a list", Policy(Deny("""{"Bool":§["aws:SecureTransport"]}"""))),
        InDocument("GR-POL-009", true, "null as a value", Policy(Deny("""{"Bool":{"aws:SecureTransport":[§null]}}"""))),
        InDocument("GR-POL-009", false, "numbers and booleans as values", Policy(Deny("""{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:TlsVersion":1.2}}"""))),

        InDocument("GR-POL-010", true, "a tag policy without tags", "§{}", "TAG_POLICY"),
        InDocument("GR-POL-010", true, "a second key at the top", """{"tags":{},§"plans":{}}""", "TAG_POLICY"),
        InDocument("GR-POL-010", true, "a document of no known form", """§{"whatever":1}""", null!),
        InDocument("GR-POL-010", false, "a tag policy", """{"tags":{"team":{"tag_key":{"@@assign":"team"}}}}""", "TAG_POLICY"),
        InDocument("GR-POL-010", false, "a type that is newer than the module", """{"anything":1}""", "QUANTUM_POLICY"),
        InDocument("GR-POL-011", true, "an SCP of 10,241 characters without white space", "§" + Long(10241)),
        InDocument("GR-POL-011", true, "an opt-out policy of 2,501 characters", """§{"services":{"x":""" + '"' + new string('x', 2501 - 20) + "\"}}", "AISERVICES_OPT_OUT_POLICY"),
        InDocument("GR-POL-011", false, "an SCP of 10,240 characters", Long(10240)),
        InDocument("GR-POL-012", true, "an SCP that white space makes too long", "§{\n" + new string(' ', 10200) + Policy(Allow)[1..]),
        InDocument("GR-POL-012", false, "an SCP within the limit as written", "{\n" + new string(' ', 10000) + Policy(Allow)[1..]),
        InScp("GR-POL-013", true, "a role in brackets", Deny("""{"ArnNotLike":{"aws:PrincipalArn":§"arn:aws:iam::*:role/[PRIVILEGED_ROLE]"}}""")),
        InScp("GR-POL-013", true, "an organization in angle brackets", Deny("""{"StringNotEquals":{"aws:PrincipalOrgID":§"<my-org-id>"}}""")),
        InScp("GR-POL-013", true, "a region in braces", Deny("""{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1",§"{example-region-1}"]}}""")),
        InScp("GR-POL-013", true, "a variable that is none", """{"Effect":"Deny","Action":"s3:*","Resource":§"arn:aws:iam::${Account}:role/x"}"""),
        InScp("GR-POL-013", true, "an account of AWS's documentation", """{"Effect":"Deny","Action":"s3:*","Resource":§"arn:aws:iam::111122223333:role/x"}"""),
        InScp("GR-POL-013", false, "policy variables and literals", """{"Effect":"Deny","Action":"s3:*","Resource":["arn:aws:s3:::${aws:PrincipalAccount}-${aws:username, 'none'}","arn:aws:s3:::a${*}b"]}"""),
    ];

    private static string Long(int characters)
    {
        var without = Policy("""{"Sid":"","Effect":"Allow","Action":"*","Resource":"*"}""");
        return without.Replace("\"Sid\":\"\"", "\"Sid\":\"" + new string('a', characters - without.Length) + "\"", StringComparison.Ordinal);
    }
}
