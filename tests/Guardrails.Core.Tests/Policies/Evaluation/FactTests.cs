using Xunit;

namespace Guardrails.Tests;

/// <summary>Each row of the facts page on how policies are evaluated, by name.</summary>
public class FactTests
{
    private const string Member = "222222222222";
    private const string Other = "333333333333";
    private const string Outsider = "999999999999";

    private static readonly string[] Positive =
    [
        "StringEquals", "StringEqualsIgnoreCase", "StringLike", "NumericEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
        "NumericGreaterThanEquals", "DateEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals",
        "IpAddress", "ArnEquals", "ArnLike",
    ];

    private static readonly string[] Negated =
        ["StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike", "NumericNotEquals", "DateNotEquals", "NotIpAddress", "ArnNotEquals", "ArnNotLike"];

    public static TheoryData<string> PositiveOperators => [.. Positive];

    public static TheoryData<string> NegatedOperators => [.. Negated];

    public static TheoryData<string> AllButNull => [.. Positive, .. Negated];

    [Fact]
    public void There_are_26_operators_and_Null() => Assert.Equal(27, Enum.GetValues<PolicyComparison>().Length);

    // A key that is missing

    [Theory, MemberData(nameof(PositiveOperators))]
    public void An_absent_key_fails_a_positive_operator(string name) => Holds(Truth.False, name, "1", Absent);

    [Theory, MemberData(nameof(NegatedOperators))]
    public void An_absent_key_fulfils_a_negated_operator(string name) => Holds(Truth.True, name, "1", Absent);

    [Theory, MemberData(nameof(AllButNull))]
    public void An_absent_key_fulfils_IfExists_and_ForAllValues_and_fails_ForAnyValue(string name)
    {
        Holds(Truth.True, name + "IfExists", "1", Absent);
        Holds(Truth.True, "ForAllValues:" + name, "1", Absent);
        Holds(Truth.False, "ForAnyValue:" + name, "1", Absent);
    }

    [Theory, MemberData(nameof(AllButNull))]
    public void An_unknown_key_is_unknown_whatever_the_operator(string name)
    {
        foreach (var written in new[] { name, name + "IfExists", "ForAllValues:" + name, "ForAnyValue:" + name }) Holds(Truth.Unknown, written, "1");
        Holds(Truth.Unknown, "Null", "true");
    }

    [Fact]
    public void Null_asks_whether_the_key_is_absent()
    {
        Holds(Truth.True, "Null", "true", Absent);
        Holds(Truth.False, "Null", "true", "x");
        Holds(Truth.True, "Null", "false", "x");
        Holds(Truth.False, "Null", "false", Absent);
    }

    [Fact]
    public void An_unknown_key_does_not_invent_a_denial_under_a_negated_operator()
    {
        Assert.Equal(AccessOutcome.Indeterminate, Deny("StringNotEquals", "aws:RequestedRegion", "eu-west-1"));
        Assert.Equal(AccessOutcome.Denied, Deny("StringNotEquals", "aws:RequestedRegion", "eu-west-1", ContextKey.Absent("aws:RequestedRegion")));
    }

    // Values and sets

    [Fact]
    public void Values_of_one_key_are_alternatives_and_of_a_negated_operator_none_may_match()
    {
        Holds(Truth.True, "StringEquals", ["a", "b"], "b");
        Holds(Truth.False, "StringNotEquals", ["a", "b"], "b");
        Holds(Truth.True, "StringNotEquals", ["a", "b"], "c");
    }

    [Fact]
    public void A_multivalued_key_without_a_set_operator_never_matches()
    {
        Holds(Truth.False, "StringEquals", "a", "a", "a");
        Holds(Truth.False, "StringNotEquals", "a", "b", "c");
        Holds(Truth.False, "StringEqualsIfExists", "a", "a", "b");
    }

    [Fact]
    public void Set_operators_ask_for_each_or_for_any_value_of_the_request()
    {
        Holds(Truth.True, "ForAllValues:StringEquals", ["a", "b"], "a", "b", "a");
        Holds(Truth.False, "ForAllValues:StringEquals", ["a", "b"], "a", "c");
        Holds(Truth.True, "ForAnyValue:StringEquals", "a", "c", "a");
        Holds(Truth.False, "ForAnyValue:StringEquals", "a", "c", "d");
        Holds(Truth.True, "ForAnyValue:StringNotEquals", "a", "c", "a");
        Holds(Truth.False, "ForAllValues:StringNotEquals", "a", "c", "a");
    }

    [Fact]
    public void Keys_and_operators_must_all_hold()
    {
        const string both = """{"StringEquals":{"app:a":"1","app:b":"2"},"Bool":{"app:c":"true"}}""";
        ContextKey[] all = [new("app:a", "1"), new("app:b", "2"), new("app:c", "true")];
        Assert.Equal(AccessOutcome.Denied, DenyWhere(both, all));
        for (var i = 0; i < all.Length; i++)
        {
            Assert.Equal(AccessOutcome.NotDenied, DenyWhere(both, [.. all.Where((_, at) => at != i), ContextKey.Absent(all[i].Name)]));
        }
    }

    // Case

    [Fact]
    public void Operators_keys_service_and_action_are_case_insensitive()
    {
        Holds(Truth.True, "foranyvalue:STRINGlikeIFEXISTS", "a*", "ab");
        Assert.Equal(AccessOutcome.Denied, Deny("StringEquals", "AWS:requestedREGION", "eu-west-1", new ContextKey("aws:RequestedRegion", "eu-west-1")));
        Assert.Equal(AccessOutcome.Denied, Decide(Denying("S3:getOBJECT")));
        Assert.Equal(AccessOutcome.Denied, Decide(Denying("S3:GET*")));
    }

    [Fact]
    public void Texts_ARNs_and_resources_are_case_sensitive_and_Bool_is_not()
    {
        Holds(Truth.False, "StringEquals", "a", "A");
        Holds(Truth.False, "StringLike", "a*", "Ab");
        Holds(Truth.True, "StringEqualsIgnoreCase", "a", "A");
        Holds(Truth.False, "ArnLike", "arn:aws:iam::1:role/x", "arn:aws:iam::1:role/X");
        Holds(Truth.True, "Bool", "TRUE", "true");
        Assert.Equal(AccessOutcome.NotDenied, Decide(Denying("s3:*", """ "Resource":"arn:aws:s3:::BUCKET/*" """)));
    }

    // Patterns

    [Fact]
    public void Only_Like_operators_have_wildcards()
    {
        Holds(Truth.False, "StringEquals", "a*", "ab");
        Holds(Truth.True, "StringEquals", "a*", "a*");
        Holds(Truth.True, "StringLike", "a?c*", "abcd");
        Holds(Truth.False, "StringLike", "a?c*", "ac");
    }

    [Theory]
    [InlineData("arn:aws:iam::222222222222:role/*", "arn:aws:iam::222222222222:role/a/b", true)]
    [InlineData("arn:*:role/*", "arn:aws:iam::222222222222:role/a", false)]
    [InlineData("arn:*:iam::*:role/*", "arn:aws:x:iam::222222222222:role/a", false)]
    [InlineData("arn:aws:sns:*:*:a*z", "arn:aws:sns:eu-west-1:222222222222:a:b:z", true)]
    [InlineData("arn:aws:iam:::role/a", "arn:aws:iam::222222222222:role/a", false)]
    [InlineData("*", "arn:aws:iam::222222222222:role/a", false)]
    [InlineData("arn:aws:iam::222222222222:role/a", "not an arn", false)]
    public void ARN_segments_are_matched_one_by_one_and_only_the_last_holds_colons(string pattern, string arn, bool matches)
    {
        Holds(TruthLogic.Of(matches), "ArnLike", pattern, arn);
        Holds(TruthLogic.Of(matches), "ArnEquals", pattern, arn);
        Holds(TruthLogic.Of(!matches), "ArnNotLike", pattern, arn);
    }

    [Theory]
    [InlineData("*", "ec2:RunInstances", true)]
    [InlineData("ec2:*Instances", "ec2:RunInstances", true)]
    [InlineData("ec2:R?nInst*", "ec2:RunInstances", true)]
    [InlineData("e?2:Run*", "ec2:RunInstances", true)]
    [InlineData("*:Run*", "ec2:RunInstances", true)]
    [InlineData("ec2:Run", "ec2:RunInstances", false)]
    [InlineData("ec*", "ec2:RunInstances", true)]
    [InlineData("ecs:*", "ec2:RunInstances", false)]
    public void Wildcards_stand_anywhere_in_an_action(string pattern, string action, bool matches) =>
        Assert.Equal(matches ? AccessOutcome.Denied : AccessOutcome.NotDenied, Decide(Denying(pattern), action: action));

    [Fact]
    public void A_pattern_of_10_000_wildcards_is_matched_in_bounded_time_and_stack()
    {
        var pattern = GlobPattern.Parse(string.Concat(Enumerable.Repeat("*a", 10_000)) + "b");
        var text = new string('a', 10_000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(pattern.Matches(text));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    // Addresses

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.7", true)]
    [InlineData("192.0.2.9/24", "192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "192.0.3.7", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("0.0.0.0/0", "192.0.2.7", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "192.0.2.7", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.7", true)]
    [InlineData("::ffff:c000:207", "192.0.2.7", true)]
    [InlineData("2001:DB8:0:0::/32", "2001:0db8:ffff::1", true)]
    [InlineData("2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("192.0.2.0/24", "ec2.amazonaws.com", false)]
    [InlineData("192.0.2.0/33", "192.0.2.7", false)]
    [InlineData("192.0.2.07", "192.0.2.7", false)]
    [InlineData("1:2:3", "1:2:3::", false)]
    public void Addresses_of_both_families_are_compared_as_numbers(string range, string address, bool matches)
    {
        Holds(TruthLogic.Of(matches), "IpAddress", range, address);
        Holds(TruthLogic.Of(!matches), "NotIpAddress", range, address);
    }

    // Dates and numbers

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", "1767225600", true)]
    [InlineData("1767225600", "2026-01-01T01:00:00+01:00", true)]
    [InlineData("2026-01-01", "1767225600", true)]
    [InlineData("2026-01", "2026-01-01T00:00Z", true)]
    [InlineData("2026-01-01T00:00:00Z", "1767225600000", false)]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z", false)]
    [InlineData("2026", "1970-01-01T00:33:46Z", true)]
    [InlineData("2026-02-30", "2026-02-30", false)]
    public void Dates_are_ISO_8601_or_epoch_seconds(string wanted, string given, bool equal) => Holds(TruthLogic.Of(equal), "DateEquals", wanted, given);

    [Fact]
    public void Dates_are_ordered_in_time()
    {
        Holds(Truth.True, "DateLessThan", "2026-01-01T00:00:00Z", "1767225599");
        Holds(Truth.False, "DateLessThan", "2026-01-01T00:00:00Z", "1767225600");
        Holds(Truth.True, "DateLessThanEquals", "2026-01-01T00:00:00Z", "1767225600");
        Holds(Truth.True, "DateGreaterThan", "2026-01-01T00:00:00Z", "1767225600000");
        Holds(Truth.True, "DateGreaterThanEquals", "2026-01-01T02:00:00+02:00", "1767225600");
    }

    [Fact]
    public void Numbers_are_compared_as_numbers_and_what_is_none_matches_nothing()
    {
        Holds(Truth.True, "NumericEquals", "1.0", "1");
        Holds(Truth.True, "NumericLessThan", "10", "9");
        Holds(Truth.True, "NumericGreaterThanEquals", "-1", "-0.5");
        Holds(Truth.False, "NumericEquals", "x", "x");
        Holds(Truth.True, "NumericNotEquals", "1", "x");
    }

    // Variables

    [Fact]
    public void Variables_stand_for_text_of_the_request_and_never_for_wildcards()
    {
        Assert.Equal(AccessOutcome.Denied, Deny("StringLike", "app:k", "${app:v}*", new("app:k", "abc"), new("app:v", "ab")));
        Assert.Equal(AccessOutcome.NotDenied, Deny("StringLike", "app:k", "${app:v}", new("app:k", "abc"), new("app:v", "a*")));
        Assert.Equal(AccessOutcome.Denied, Deny("StringEquals", "app:k", "${APP:V}", new("app:k", "ab"), new("app:v", "ab")));
        Assert.Equal(AccessOutcome.Denied, Decide(Denying("s3:*", """ "Resource":"arn:aws:s3:::${app:v}/*" """), context: [new("app:v", "bucket")]));
    }

    [Fact]
    public void A_default_stands_in_for_an_absent_key_only()
    {
        Assert.Equal(AccessOutcome.Denied, Deny("StringEquals", "app:k", "${app:v, 'x'}", new("app:k", "x"), ContextKey.Absent("app:v")));
        Assert.Equal(AccessOutcome.NotDenied, Deny("StringEquals", "app:k", "${app:v, 'x'}", new("app:k", "x"), new("app:v", "y")));
        Assert.Equal(AccessOutcome.Indeterminate, Deny("StringEquals", "app:k", "${app:v, 'x'}", new ContextKey("app:k", "x")));
    }

    [Fact]
    public void An_unresolved_variable_never_matches()
    {
        Assert.Equal(AccessOutcome.NotDenied, Deny("StringEquals", "app:k", "${app:v}", new("app:k", "${app:v}"), ContextKey.Absent("app:v")));
        Assert.Equal(AccessOutcome.NotDenied, Deny("StringLike", "app:k", "${app:v}*", new("app:k", "ab"), new("app:v", ["a", "ab"])));
        Assert.Equal(AccessOutcome.Denied, Deny("StringNotLike", "app:k", "${app:v}*", new("app:k", "ab"), ContextKey.Absent("app:v")));
    }

    [Fact]
    public void A_name_without_a_prefix_is_no_key_and_stands_for_nothing()
    {
        Assert.Equal(AccessOutcome.Denied, Deny("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::${Account}:role/x"));
        Assert.Equal(AccessOutcome.NotDenied, Deny("StringEquals", "app:k", "${Account}", new ContextKey("app:k", "${Account}")));
    }

    [Fact]
    public void Three_literals_are_written_as_variables()
    {
        Holds(Truth.True, "StringLike", "${*}${?}${$}", "*?$");
        Holds(Truth.False, "StringLike", "${*}", "ab");
    }

    [Fact]
    public void Variables_are_plain_text_under_another_version()
    {
        var old = Denying("s3:*", """ "Resource":"*","Condition":{"StringEquals":{"app:k":"${app:v}"}} """).Replace("2012-10-17", "2008-10-17", StringComparison.Ordinal);
        Assert.Equal(AccessOutcome.Denied, Decide(old, context: [new("app:k", "${app:v}")]));
    }

    // Statements

    [Fact]
    public void NotAction_is_every_other_action()
    {
        var policy = Denying("", """ "Resource":"*" """).Replace("\"Action\":\"\"", "\"NotAction\":[\"iam:*\",\"s3:Get*\"]", StringComparison.Ordinal);
        Assert.Equal(AccessOutcome.NotDenied, Decide(policy));
        Assert.Equal(AccessOutcome.NotDenied, Decide(policy, action: "iam:CreateUser"));
        Assert.Equal(AccessOutcome.Denied, Decide(policy, action: "s3:PutObject"));
        Assert.Equal(AccessOutcome.Denied, Decide(policy, action: "ec2:RunInstances"));
    }

    [Fact]
    public void NotResource_is_every_other_resource()
    {
        Assert.Equal(AccessOutcome.NotDenied, Decide(Denying("s3:*", """ "NotResource":"arn:aws:s3:::bucket/*" """)));
        Assert.Equal(AccessOutcome.Denied, Decide(Denying("s3:*", """ "NotResource":["arn:aws:s3:::other/*","arn:aws:s3:::third"] """)));
        Assert.Equal(AccessOutcome.NotDenied, Decide(Denying("s3:*", """ "NotResource":"*" """)));
    }

    [Fact]
    public void A_resource_that_is_not_known_is_unknown_but_to_a_lone_asterisk()
    {
        Assert.Equal(AccessOutcome.Indeterminate, Decide(Denying("s3:*", """ "Resource":"arn:aws:s3:::bucket/*" """), resource: null));
        Assert.Equal(AccessOutcome.Denied, Decide(Denying("s3:*"), resource: null));
    }

    // Levels

    [Fact]
    public void Each_level_must_allow()
    {
        var facts = Facts(RandomPolicies.FullAccess);
        var locked = facts with { Policies = [.. facts.Policies.Select(policy => policy with { Targets = [.. policy.Targets.Where(target => target != "ou-work")] })] };
        Assert.Equal(AccessOutcome.NotDenied, Decide(facts, Request()));
        Assert.Equal(AccessOutcome.Denied, Decide(locked, Request()));
    }

    [Fact]
    public void Allow_list_without_full_access_beside_it_locks_everything_else_out()
    {
        var facts = Facts("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""");
        var locked = facts with { Policies = [.. facts.Policies.Select(policy => policy.Id == "p-full" ? policy with { Targets = [Samples.RootId, Member, Other] } : policy)] };
        Assert.Equal(AccessOutcome.NotDenied, Decide(locked, Request()));
        Assert.Equal(AccessOutcome.Denied, Decide(locked, Request(action: "ec2:RunInstances")));
        var explained = Explain(locked, Request(action: "ec2:RunInstances")).Explanation!;
        Assert.Equal("/Workloads", explained.Deciding!.Level!.Path);
        Assert.Null(explained.Deciding.Policy);
    }

    [Fact]
    public void A_Deny_on_any_level_wins_over_every_Allow()
    {
        foreach (var target in new[] { Samples.RootId, "ou-work", Member })
        {
            var facts = Facts(Denying("s3:*"), target);
            Assert.Equal(AccessOutcome.Denied, Decide(facts, Request()));
            Assert.Equal(target, Explain(facts, Request()).Explanation!.Deciding!.Level!.Id);
        }
        Assert.Equal(AccessOutcome.NotDenied, Decide(Facts(Denying("s3:*"), Other), Request()));
    }

    [Fact]
    public void A_policy_type_that_is_not_enabled_does_nothing() =>
        Assert.Equal(AccessOutcome.NotDenied, Decide(Facts(Denying("s3:*")) with { PolicyTypes = [] }, Request()));

    // Exemptions

    [Fact]
    public void SCPs_bind_root_user_and_delegated_administrators_of_member_accounts() =>
        Assert.Equal(AccessOutcome.Denied, Decide(Facts(Denying("s3:*")), Request(principal: $"arn:aws:iam::{Member}:root")));

    [Theory]
    [InlineData("arn:aws:iam::100000000000:user/admin")]
    [InlineData("arn:aws:iam::222222222222:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")]
    [InlineData("arn:aws:iam::999999999999:role/outside")]
    [InlineData("cloudtrail.amazonaws.com")]
    public void SCPs_exempt_the_management_account_service_linked_roles_outsiders_and_service_principals(string principal) =>
        Assert.Equal(AccessOutcome.NotDenied, Decide(Facts(Denying("s3:*"), Samples.RootId, "ou-work", Member, Samples.ManagementId), Request(principal: principal)));

    [Theory]
    [InlineData("arn:aws:iam::999999999999:role/outside")]
    [InlineData("arn:aws:iam::100000000000:user/admin")]
    [InlineData("cloudtrail.amazonaws.com")]
    public void RCPs_follow_the_resource_and_bind_outside_callers_too(string principal) =>
        Assert.Equal(AccessOutcome.Denied, Decide(ResourceFacts(), Request(principal: principal)));

    [Fact]
    public void RCPs_exempt_the_management_account_service_linked_roles_RetireGrant_and_AWS_managed_keys()
    {
        var facts = ResourceFacts();
        var key = $"arn:aws:kms:eu-west-1:{Member}:key/1";
        Assert.Equal(AccessOutcome.Denied, Decide(facts, Request()));
        Assert.Equal(AccessOutcome.NotDenied, Decide(facts, Request(resourceAccount: Samples.ManagementId)));
        Assert.Equal(AccessOutcome.NotDenied, Decide(facts, Request(principal: $"arn:aws:iam::{Member}:role/aws-service-role/x.amazonaws.com/X")));
        Assert.Equal(AccessOutcome.NotDenied, Decide(facts, Request("kms:RetireGrant", key)));
        Assert.Equal(AccessOutcome.NotDenied, Decide(facts, Request("kms:Decrypt", $"arn:aws:kms:eu-west-1:{Member}:alias/aws/s3")));
        Assert.Equal(AccessOutcome.Denied, Decide(facts, Request("kms:Decrypt", $"arn:aws:kms:eu-west-1:{Member}:alias/own")));
        Assert.Equal(AccessOutcome.Indeterminate, Decide(facts, Request("kms:Decrypt", key)));
    }

    [Fact]
    public void RCPs_reach_only_certain_services() => Assert.Equal(AccessOutcome.NotDenied, Decide(ResourceFacts(), Request("ec2:RunInstances", "*")));

    [Fact]
    public void A_resource_account_that_is_not_known_makes_RCPs_indeterminate_unless_none_could_matter()
    {
        var explained = Explain(ResourceFacts(), Request(resourceAccount: null));
        Assert.Equal(AccessOutcome.Indeterminate, explained.Outcome);
        Assert.Equal(["the account of the resource"], explained.MissingKeys);
        Assert.Equal(AccessOutcome.NotDenied, Decide(ResourceFacts(), Request("sqs:SendMessage", resourceAccount: null)));
    }

    [Fact]
    public void A_principal_account_that_is_not_known_makes_SCPs_indeterminate_unless_none_could_matter()
    {
        var request = new AccessRequest("s3:GetObject") { Resource = "arn:aws:s3:::bucket/a", ResourceAccount = Member, PrincipalKind = PrincipalKind.Identity };
        Assert.Equal(AccessOutcome.Indeterminate, Decide(Facts(Denying("s3:*")), request));
        Assert.Equal(AccessOutcome.NotDenied, Decide(Facts(Denying("ec2:*")), request));
    }

    // Organization keys

    [Fact]
    public void Organization_keys_follow_from_the_tree()
    {
        Assert.Equal(AccessOutcome.Denied, Deny("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"));
        Assert.Equal(AccessOutcome.Denied, Deny("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-a1b2/ou-work/*"));
        Assert.Equal(AccessOutcome.Denied, Deny("StringEquals", "aws:ResourceAccount", Member));
        Assert.Equal(AccessOutcome.Denied, Deny("BoolIfExists", "aws:PrincipalIsAWSService", "false"));
        Assert.Equal(AccessOutcome.NotDenied, Deny("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", new ContextKey("aws:PrincipalOrgID", "o-said")));
    }

    // Explanations

    [Fact]
    public void The_complete_list_of_missing_keys_is_told_and_what_cannot_matter_is_not()
    {
        var policy = Denying("s3:*", """ "Resource":"arn:aws:s3:::${app:v}/*","Condition":{"StringEquals":{"app:a":"1","app:b":"2"},"StringLike":{"app:c":"${app:d}"}} """);
        Assert.Equal(["app:a", "app:b", "app:d", "app:v"], Explain(Facts(policy), Request(context: [new("app:c", "x")])).MissingKeys);
        Assert.Equal(AccessOutcome.NotDenied, Explain(Facts(policy), Request(context: [new("app:a", "0")])).Outcome);
    }

    [Fact]
    public void Policy_statement_line_and_condition_that_decide_are_told()
    {
        var policy = "{\"Version\":\"2012-10-17\",\n\"Statement\":[\n{\"Sid\":\"Region\",\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringNotEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}}]}";
        var deciding = Explain(Facts(policy), Request(context: [new("aws:RequestedRegion", "us-east-1")])).Explanation!.Deciding!;
        Assert.Equal(("p-1", "Region", 3), (deciding.PolicyId, deciding.Statement, deciding.Line));
        Assert.Equal(["StringNotEquals aws:RequestedRegion (us-east-1)"], deciding.Conditions);
    }

    [Fact]
    public void A_policy_that_cannot_be_read_makes_what_it_binds_indeterminate()
    {
        var explained = Explain(Facts("{ this is no policy"), Request());
        Assert.Equal(AccessOutcome.Indeterminate, explained.Outcome);
        Assert.Equal(["p-1 (no statement that can be read)"], explained.MissingKeys);
        var unknown = Explain(Facts(Denying("s3:*", """ "Resource":"*","Condition":{"StringSoundsLike":{"app:a":"1"}} """)), Request(context: [new("app:a", "1")]));
        Assert.Equal(["StringSoundsLike"], unknown.MissingKeys);
    }

    [Fact]
    public void Accounts_with_the_same_attachments_share_one_chain()
    {
        var facts = Facts(Denying("s3:*"), Member);
        var guarded = OrganizationCompiler.Compile(Organization.From(facts), RandomPolicies.Scope);
        Assert.NotSame(guarded.Find(Member)!.ServiceControls, guarded.Find(Other)!.ServiceControls);
        var twins = facts with { Accounts = [.. facts.Accounts, Samples.Account("444444444444", "twin", "ou-work")], Policies = [.. facts.Policies.Select(p => p.Id == "p-full" ? p with { Targets = [.. p.Targets, "444444444444"] } : p)] };
        guarded = OrganizationCompiler.Compile(Organization.From(twins), RandomPolicies.Scope);
        Assert.Same(guarded.Find(Other)!.ServiceControls, guarded.Find("444444444444")!.ServiceControls);
    }

    [Fact]
    public void A_draft_takes_the_place_of_the_policy_with_its_name_or_is_attached_where_it_is_said()
    {
        var organization = Organization.From(Facts(Denying("ec2:*")));
        var document = PolicyReader.Read(Denying("s3:*"), PolicyTypes.ServiceControlPolicy);
        AccessOutcome With(PolicyDraft draft, string action) =>
            new AccessEvaluator(OrganizationCompiler.Compile(organization, RandomPolicies.Scope, [draft])).Decide(Request(action));
        var replacing = new PolicyDraft("draft", "p-1", document, null);
        Assert.Equal(AccessOutcome.Denied, With(replacing, "s3:GetObject"));
        Assert.Equal(AccessOutcome.NotDenied, With(replacing, "ec2:RunInstances"));
        Assert.Equal(AccessOutcome.Denied, With(new PolicyDraft("draft", "new", document, [Member]), "s3:GetObject"));
        Assert.Equal(AccessOutcome.Denied, With(new PolicyDraft("draft", "new", document, [Member]), "ec2:RunInstances"));
        Assert.Equal(AccessOutcome.NotDenied, With(new PolicyDraft("draft", "new", document, [Other]), "s3:GetObject"));
    }

    [Fact]
    public void A_draft_of_a_type_that_is_not_enabled_is_tried_as_if_it_were()
    {
        var organization = Organization.From(Facts(Denying("ec2:*")) with { PolicyTypes = [] });
        var draft = new PolicyDraft("draft", "new", PolicyReader.Read(Denying("s3:*"), PolicyTypes.ServiceControlPolicy), [Member]);
        var evaluator = new AccessEvaluator(OrganizationCompiler.Compile(organization, RandomPolicies.Scope, [draft]));
        Assert.Equal(AccessOutcome.Denied, evaluator.Decide(Request()));
        Assert.Equal(AccessOutcome.NotDenied, evaluator.Decide(Request("sqs:SendMessage")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s3")]
    [InlineData("s3:")]
    [InlineData(":Get")]
    [InlineData("s3:Get*")]
    [InlineData("s3:Get Object")]
    [InlineData("a:b:c")]
    public void What_is_not_one_action_is_refused(string action) => Assert.Throws<ArgumentException>(() => new AccessRequest(action));

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var facts = Facts(Denying("*", """ "Resource":"arn:aws:s3:::${app:v}/*","Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/${app:v}","arn:aws:iam::*:user/x"]},"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]},"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"NumericLessThan":{"app:n":"100"}} """));
        var evaluator = new AccessEvaluator(OrganizationCompiler.Compile(Organization.From(facts), RandomPolicies.Scope));
        AccessRequest[] requests =
        [
            Request(context: [new("app:v", "bucket"), new("aws:SourceIp", "2001:db9::1"), new("aws:CurrentTime", "2026-08-01T00:00:00Z"), new("app:n", "5")]),
            Request("ec2:RunInstances"), Request(resourceAccount: null), Request(principal: $"arn:aws:iam::{Outsider}:role/x"),
        ];
        Assert.Equal(AccessOutcome.Denied, evaluator.Decide(requests[0]));
        foreach (var request in requests) evaluator.Decide(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            foreach (var request in requests) evaluator.Decide(request);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static readonly string[] Absent = [];

    private static void Holds(Truth expected, string name, string wanted, params string[] given) => Holds(expected, name, [wanted], given, known: expected != Truth.Unknown);

    private static void Holds(Truth expected, string name, string[] wanted, params string[] given) => Holds(expected, name, wanted, given, known: true);

    private static void Holds(Truth expected, string name, string[] wanted, string[] given, bool known)
    {
        var keys = new KeyTable();
        Assert.True(PolicyConditionOperator.TryParse(name, out var parsed), name);
        var condition = new PolicyCondition(name, 0, parsed, "app:k", 0, [.. wanted.Select(value => new PolicyWord(value, PolicyJsonKind.String, 0))]);
        var compiled = CompiledCondition.Compile(condition, variables: true, keys);
        var request = new BoundRequest(keys);
        request.Bind(new AccessRequest("s3:GetObject") { Context = known ? [new ContextKey("app:k", given)] : [] }, null, null);
        Assert.Equal(expected, compiled.Evaluate(request));
    }

    private static string Denying(string action, string rest = "\"Resource\":\"*\"") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"{{action}}",{{rest}}}]}""";

    private static AccessOutcome Deny(string name, string key, string wanted, params ContextKey[] context) =>
        DenyWhere($$$"""{"{{{name}}}":{"{{{key}}}":"{{{wanted}}}"}}""", context);

    private static AccessOutcome DenyWhere(string condition, params ContextKey[] context) =>
        Decide(Denying("s3:*", $"\"Resource\":\"*\",\"Condition\":{condition}"), context: context);

    private static AccessOutcome Decide(string policy, string action = "s3:GetObject", string? resource = "arn:aws:s3:::bucket/a", params ContextKey[] context) =>
        Decide(Facts(policy), Request(action, resource, context: context));

    private static AccessOutcome Decide(OrganizationFacts facts, AccessRequest request) =>
        new AccessEvaluator(OrganizationCompiler.Compile(Organization.From(facts), RandomPolicies.Scope)).Decide(request);

    private static AccessDecision Explain(OrganizationFacts facts, AccessRequest request) =>
        AccessExplainer.Explain(new AccessEvaluator(OrganizationCompiler.Compile(Organization.From(facts), RandomPolicies.Scope)), request);

    private static AccessRequest Request(
        string action = "s3:GetObject", string? resource = "arn:aws:s3:::bucket/a", string principal = $"arn:aws:iam::{Member}:role/Admin", string? resourceAccount = Member,
        params ContextKey[] context) => new(action)
        {
            Resource = resource,
            PrincipalArn = principal,
            ResourceAccount = resourceAccount,
            Context = context,
        };

    /// <summary>Full access on each level, and one policy on the targets, by default the unit.</summary>
    private static OrganizationFacts Facts(string policy, params string[] targets) => Samples.Facts(
        [Samples.Unit("ou-work", "Workloads")],
        [Samples.Account(Member, "shop", "ou-work"), Samples.Account(Other, "web", "ou-work"), Samples.Account(Samples.ManagementId, "Management")],
        [
            Samples.Policy("p-full", "FullAWSAccess", Samples.RootId, "ou-work", Member, Other, Samples.ManagementId) with { Content = RandomPolicies.FullAccess },
            Samples.Policy("p-1", "p-1", targets.Length == 0 ? ["ou-work"] : targets) with { Content = policy },
        ]) with
    { PolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"], Detail = OrganizationCompiler.Needed };

    private static OrganizationFacts ResourceFacts()
    {
        var facts = Facts("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":["s3:*","kms:*","ec2:*"],"Resource":"*"}]}""", Samples.RootId, Samples.ManagementId);
        return facts with { Policies = [facts.Policies[0], facts.Policies[1] with { Type = "RESOURCE_CONTROL_POLICY" }] };
    }
}
