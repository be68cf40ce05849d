using System.Text;
using Xunit;

namespace Guardrails.Core.Tests.Policies.Documents;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Every_public_policy_is_read_and_only_the_broken_one_has_a_finding()
    {
        foreach (var folder in new[] { "scp", "rcp" })
        {
            foreach (var file in SharedData.Policies(folder))
            {
                var document = PolicyReader.Read(File.ReadAllBytes(file), source: Path.GetFileName(file));
                Assert.Equal(folder == "scp" ? PolicyTypes.ServiceControlPolicy : PolicyTypes.ResourceControlPolicy, document.Type);
                Assert.NotEmpty(document.Statements);
                if (file.EndsWith("deny-service-specific-credential-by-type.json", StringComparison.Ordinal))
                {
                    var finding = Assert.Single(document.Findings);
                    Assert.Equal(("GR-POL-004", 15, 13), (finding.Rule, finding.Line, finding.Column));
                    Assert.False(document.IsEvaluable);
                    continue;
                }
                Assert.Empty(document.Findings);
                // Its statement about Google has no Resource.
                Assert.Equal(!file.EndsWith("Shared-Issuers.json", StringComparison.Ordinal), document.IsEvaluable);
            }
        }
    }

    [Fact]
    public void A_statement_is_read_whole_and_each_part_knows_its_place()
    {
        const string Text = """
            {
              "Version": "2012-10-17", "Id": "own",
              "Statement": {
                "Sid": "One", "Effect": "Deny", "Principal": { "AWS": ["a", "b"], "Service": "c" },
                "NotAction": "s3:Get*",
                "NotResource": ["arn:aws:s3:::ä", "*"],
                "Condition": {
                  "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["x", "y"] },
                  "numericLESSthan": { "s3:TlsVersion": 1.20, "aws:x": true }
                }
              }
            }
            """;
        var document = PolicyReader.Read(Text, PolicyTypes.ResourceControlPolicy);
        Assert.Empty(document.Findings);
        Assert.Equal(("2012-10-17", "own"), (document.Version!.Value.Text, document.Id!.Value.Text));
        var statement = Assert.Single(document.Statements);
        Assert.Equal(("One", PolicyEffect.Deny), (statement.Label, statement.Effect));
        Assert.Null(statement.Action);
        Assert.Equal(["s3:Get*"], statement.NotAction!.Values.Select(word => word.Text));
        Assert.Equal(["arn:aws:s3:::ä", "*"], statement.NotResource!.Values.Select(word => word.Text));
        Assert.Equal(["AWS:a b", "Service:c"], statement.Principal!.Groups.Select(group => $"{group.Element}:{string.Join(' ', group.Values)}"));
        Assert.Equal(
            [("aws:TagKeys", "x y"), ("s3:TlsVersion", "1.20"), ("aws:x", "true")], statement.Conditions.Select(condition => (condition.Key, string.Join(' ', condition.Values))));
        Assert.Equal(new PolicyConditionOperator(PolicyComparison.StringLike, PolicySetOperator.ForAnyValue, true), statement.Conditions[0].Operator);
        Assert.Equal(new PolicyConditionOperator(PolicyComparison.NumericLessThan, PolicySetOperator.None, false), statement.Conditions[1].Operator);
        Assert.Equal([PolicyJsonKind.Number, PolicyJsonKind.True], statement.Conditions.Skip(1).Select(condition => condition.Values[0].Kind));

        Assert.Equal(new TextPosition(2, 14), document.PositionOf(document.Version.Value.Offset));
        Assert.Equal(new TextPosition(3, 16), document.PositionOf(statement.Offset));
        Assert.Equal(new TextPosition(5, 5), document.PositionOf(statement.NotAction.Offset));
        Assert.Equal(new TextPosition(5, 18), document.PositionOf(statement.NotAction.Values[0].Offset));
        // The umlaut before it has two bytes and is one character.
        Assert.Equal(new TextPosition(6, 39), document.PositionOf(statement.NotResource.Values[1].Offset));
        Assert.Equal(new TextPosition(8, 7), document.PositionOf(statement.Conditions[0].OperatorOffset));
        Assert.Equal(new TextPosition(9, 51), document.PositionOf(statement.Conditions[2].KeyOffset));
        Assert.Equal(Text.Length, document.Characters);
        Assert.Equal(Text.Length + 1, document.Bytes);
    }

    [Theory]
    [InlineData("\n", 3)]
    [InlineData("\r\n", 3)]
    [InlineData("\r", 3)]
    public void Lines_end_with_a_line_feed_a_carriage_return_or_both(string end, int line)
    {
        var document = PolicyReader.Read($"{{{end}\"a\":1,{end}  \"a\":2}}", "TAG_POLICY");
        Assert.Equal((line, 3), (Assert.Single(document.Findings).Line, document.Findings[0].Column));
    }

    [Fact]
    public void A_byte_order_mark_is_a_finding_and_not_counted()
    {
        var document = PolicyReader.Read(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' }, "TAG_POLICY");
        Assert.Equal(("GR-POL-003", FindingSeverity.Warning), (Assert.Single(document.Findings).Rule, document.Findings[0].Severity));
        Assert.Equal((2, 2), (document.Characters, document.Bytes));
        Assert.NotNull(document.Root);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_finding_with_their_place()
    {
        var document = PolicyReader.Read((byte[])[.. "{\n\"a\":\""u8.ToArray(), 0xFF, 0xC3, .. "\"}"u8.ToArray()], "TAG_POLICY");
        var finding = Assert.Single(document.Findings);
        Assert.Equal(("GR-POL-002", 2, 6), (finding.Rule, finding.Line, finding.Column));
        Assert.Equal("\uFFFD\uFFFD", document.Root!["a"]!.Text);
    }

    [Fact]
    public void UTF16_as_old_shells_write_it_is_a_finding_and_read_all_the_same()
    {
        var document = PolicyReader.Read((byte[])[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"tags\":{}}")]);
        Assert.Equal("GR-POL-002", Assert.Single(document.Findings).Rule);
        Assert.Equal("TAG_POLICY", document.Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("nonsense")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"a\":\"tab\tin it\"}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{'a':1}")]
    [InlineData("[1,2")]
    [InlineData("{} {}")]
    public void What_is_no_JSON_is_one_finding(string text)
    {
        var document = PolicyReader.Read(text, PolicyTypes.ServiceControlPolicy, "file.json");
        var finding = Assert.Single(document.Findings);
        Assert.Equal(("GR-POL-001", FindingSeverity.Error, "file.json"), (finding.Rule, finding.Severity, finding.Source));
        Assert.DoesNotContain("LineNumber", finding.Message, StringComparison.Ordinal);
        Assert.Null(document.Root);
        Assert.False(document.IsEvaluable);
    }

    [Theory]
    [InlineData("scp", "SERVICE_CONTROL_POLICY")]
    [InlineData("Resource-Control-Policy", "RESOURCE_CONTROL_POLICY")]
    [InlineData("tag", "TAG_POLICY")]
    [InlineData("declarative_policy_ec2", "DECLARATIVE_POLICY_EC2")]
    [InlineData("aiservices opt out", "AISERVICES_OPT_OUT_POLICY")]
    [InlineData("quantum", null)]
    public void Types_are_taken_by_their_names_in_any_form(string written, string? type) => Assert.Equal(type, PolicyTypes.Parse(written));

    [Fact]
    public void All_13_types_are_known_with_their_limits()
    {
        Assert.Equal(13, PolicyTypes.All.Count);
        Assert.All(PolicyTypes.All, type => Assert.NotNull(Lint.LintData.Limits.Of(type)));
        Assert.Equal(new PolicyTypeLimits(10240, 10, 1, true), Lint.LintData.Limits.Of(PolicyTypes.ServiceControlPolicy));
        Assert.False(Lint.LintData.Limits.Of("S3_POLICY")!.Verified);
    }

    [Fact]
    public void A_type_can_be_told_by_the_form()
    {
        foreach (var type in PolicyTypes.All.Where(type => PolicyTypes.TopLevelKey(type) is not null))
            Assert.Equal(type, PolicyReader.Read($"{{\"{PolicyTypes.TopLevelKey(type)}\":{{}}}}").Type);
        Assert.Equal(PolicyTypes.ServiceControlPolicy, PolicyReader.Read("""{"Statement":{}}""").Type);
        Assert.Equal(PolicyTypes.ResourceControlPolicy, PolicyReader.Read("""{"Statement":[{},{"Principal":"*"}]}""").Type);
        Assert.Null(PolicyReader.Read("{}").Type);
    }

    [Fact]
    public void Every_operator_is_known_with_its_parts()
    {
        Assert.Equal(27, Enum.GetValues<PolicyComparison>().Length);
        foreach (var comparison in Enum.GetValues<PolicyComparison>())
        {
            foreach (var set in Enum.GetValues<PolicySetOperator>())
            {
                foreach (var ifExists in new[] { false, true })
                {
                    var one = new PolicyConditionOperator(comparison, set, ifExists);
                    var isOperator = comparison != PolicyComparison.Null || (set == PolicySetOperator.None && !ifExists);
                    Assert.Equal(isOperator, PolicyConditionOperator.TryParse(one.ToString().ToUpperInvariant(), out var parsed));
                    if (isOperator) Assert.Equal(one, parsed);
                }
            }
        }
    }
}
