using System.Text.Json.Nodes;
using Guardrails.Core.Tests.Policies;
using Xunit;

namespace Guardrails.Tests;

public class PolicyVersionsTests(ITestOutputHelper output)
{
    private static readonly ReferenceEvaluator Reference = new(Samples.Facts(), new HashSet<string>());

    private static string Policy(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    private static string Statement(string action, string rest = "", string effect = "Deny", string resource = "*") =>
        $$"""{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"{{rest}}}""";

    private static IReadOnlyList<PolicyDifference> Compare(string before, string after) =>
        PolicyVersions.Compare(PolicyReader.Read(before, PolicyTypes.ServiceControlPolicy), PolicyReader.Read(after, PolicyTypes.ServiceControlPolicy));

    [Fact]
    public void Other_order_case_and_white_space_are_no_difference()
    {
        const string before = """
            {"Version":"2012-10-17","Statement":[
             {"Sid":"One","Effect":"Deny","Action":["s3:GetObject","ec2:*"],"Resource":["a","b"],"Condition":{"StringEquals":{"aws:RequestedRegion":["x","y"]},"Bool":{"aws:SecureTransport":"true"}}},
             {"Sid":"Two","Effect":"Deny","NotAction":"iam:*","Resource":"*"}]}
            """;
        const string after = """
            { "Statement" : [ {"Resource":["*"],"NotAction":["IAM:*"],"Effect":"Deny"},
              {"Condition":{"BOOL":{"AWS:SecureTransport":"TRUE"},"stringequals":{"aws:requestedregion":["y","x"]}},"Resource":["b","a"],"Action":["EC2:*","S3:getobject"],"Effect":"Deny"} ],
              "Version":"2012-10-17" }
            """;
        Assert.Empty(Compare(before, after));
        Assert.Empty(Compare(after, before));
    }

    [Fact]
    public void What_is_covered_already_is_no_difference()
    {
        Assert.Empty(Compare(Policy(Statement("s3:*")), Policy(Statement("s3:*"), Statement("s3:GetObject"))));
        Assert.Empty(Compare(Policy(Statement("s3:*"), Statement("s3:Get*")), Policy(Statement("s3:*"))));
        Assert.Empty(Compare(Policy(Statement("s3:Get*"), Statement("s3:P*")), Policy(Statement("s3:P*"), Statement("s3:Get*"), Statement("s3:GetA"))));
    }

    [Fact]
    public void Witnesses_are_actions_that_there_are()
    {
        var catalog = ModuleFile.Read("policies/actions.json", data => ActionCatalog.Read(data, []));
        var (before, after) = (PolicyReader.Read(Policy(Statement("s3:DeleteBucket"))), PolicyReader.Read(Policy(Statement("s3:Delete*"))));
        var witness = Assert.Single(PolicyVersions.Compare(before, after, catalog)).Witness!;
        Assert.Equal(ActionKnowledge.Known, catalog.Find("s3", witness.Action.Split(':')[1]));
        Assert.NotEqual("s3:DeleteBucket", witness.Action);
    }

    [Fact]
    public void A_new_denial_has_a_witness_and_its_removal_too()
    {
        var (before, after) = (Policy(Statement("s3:DeleteBucket")), Policy(Statement("s3:Delete*")));
        var denied = Assert.Single(Compare(before, after));
        Assert.Equal(AccessChange.NewlyDenied, denied.Change);
        Assert.Equal(["s3:Delete*"], denied.Actions);
        Assert.Equal("no statement applies", denied.Before);
        Assert.Equal("denied by statement 1", denied.After);
        Assert.StartsWith("s3:delete", denied.Witness!.Action, StringComparison.Ordinal);
        Assert.Equal(AccessChange.NewlyAllowed, Assert.Single(Compare(after, before)).Change);
    }

    [Fact]
    public void A_narrower_Allow_list_denies_newly()
    {
        var difference = Assert.Single(Compare(Policy(Statement("*", effect: "Allow")), Policy(Statement("s3:*", effect: "Allow"))));
        Assert.Equal(AccessChange.NewlyDenied, difference.Change);
        Assert.Equal(["*"], difference.Actions);
        Assert.False(difference.Witness!.Action.StartsWith("s3:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("StringEquals", "aws:RequestedRegion", "eu-west-1", "eu-*")]
    [InlineData("StringLike", "aws:RequestedRegion", "eu-*", "eu-west-*")]
    [InlineData("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/a*", "arn:aws:iam::*:role/ab*")]
    [InlineData("NumericLessThan", "s3:max-keys", "10", "11")]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z")]
    [InlineData("IpAddress", "aws:SourceIp", "192.0.2.0/24", "192.0.2.0/25")]
    [InlineData("IpAddress", "aws:SourceIp", "2001:db8::/32", "2001:db8::/33")]
    [InlineData("NotIpAddress", "aws:SourceIp", "192.0.2.0/24", "192.0.2.0/23")]
    [InlineData("Bool", "aws:SecureTransport", "true", "false")]
    [InlineData("Null", "aws:TokenIssueTime", "true", "false")]
    [InlineData("StringNotEqualsIgnoreCase", "aws:username", "me", "you")]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "team", "env")]
    [InlineData("ForAnyValue:StringNotLike", "aws:TagKeys", "team*", "te*")]
    public void A_changed_value_of_a_condition_is_found(string name, string key, string before, string after)
    {
        string With(string value) => Policy(Statement("s3:*", $$$""","Condition":{"{{{name}}}":{"{{{key}}}":"{{{value}}}"}}"""));
        var differences = Compare(With(before), With(after));
        Assert.NotEmpty(differences);
        Differ(With(before), With(after), differences);
        Assert.DoesNotContain(differences, one => one.Change == AccessChange.Undecided);
    }

    [Fact]
    public void IfExists_and_set_operators_differ_where_the_key_is_absent()
    {
        string With(string name) => Policy(Statement("s3:*", $$$""","Condition":{"{{{name}}}":{"aws:TagKeys":"team"}}"""));
        var differences = Compare(With("StringEquals"), With("StringEqualsIfExists"));
        Assert.Contains(Assert.Single(differences).Witness!.Context, key => key.ToString() == "aws:TagKeys absent");
        var sets = Compare(With("ForAnyValue:StringEquals"), With("ForAllValues:StringEquals"));
        Assert.Equal([AccessChange.NewlyDenied, AccessChange.NewlyAllowed], sets.Select(one => one.Change).Order());
    }

    [Fact]
    public void Variables_are_followed()
    {
        var (before, after) = (Policy(Statement("s3:*", resource: "arn:aws:s3:::home/${aws:username}/*")), Policy(Statement("s3:*", resource: "arn:aws:s3:::home/*")));
        var differences = Compare(before, after);
        Differ(before, after, differences);
        Assert.Contains(differences, one => one.Change == AccessChange.NewlyDenied);
    }

    [Fact]
    public void What_this_module_does_not_know_is_undecided_and_named()
    {
        var undecided = Assert.Single(Compare(Policy(Statement("s3:GetObject")), Policy(Statement("s3:GetObject", ""","Condition":{"StringSoundsLike":{"aws:username":"me"}}"""))));
        Assert.Equal(AccessChange.Undecided, undecided.Change);
        Assert.Contains("StringSoundsLike", undecided.Reason, StringComparison.Ordinal);
        Assert.Equal(["s3:GetObject"], undecided.Actions);
    }

    [Fact]
    public void Patterns_that_nobody_writes_end_undecided_in_bounded_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var hostile = string.Concat(Enumerable.Repeat("*a?", 3_000));
        var differences = Compare(Policy(Statement("s3:Get*", resource: hostile)), Policy(Statement("s3:Get*", resource: hostile + "b")));
        Assert.Contains(differences, one => one.Change == AccessChange.Undecided);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void Texts_differ_line_by_line()
    {
        Assert.Empty(TextDifference.Lines("a\nb\n", "a\r\nb"));
        Assert.Equal(["  a", "- b", "+ x", "  c"], TextDifference.Lines("a\nb\nc", "a\nx\nc"));
        Assert.Equal(["  2", "  3", "  4", "+ 5"], TextDifference.Lines("1\n2\n3\n4", "1\n2\n3\n4\n5"));
    }

    [Fact]
    public void Every_difference_that_brute_force_finds_is_found()
    {
        var (found, equal) = (0, 0);
        for (var seed = 0; seed < 250; seed++)
        {
            var domain = new SmallDomain(seed);
            var before = domain.Document();
            var after = domain.Edit(before);
            var differences = Compare(before, after);
            Assert.True(differences.All(one => one.Change != AccessChange.Undecided), $"seed {seed}: {string.Join("; ", differences)}\n{before}\n{after}");
            Differ(before, after, differences);
            foreach (var request in SmallDomain.Requests())
            {
                var (was, now) = (Reference.EffectOf(before, request)!.Value, Reference.EffectOf(after, request)!.Value);
                if (was.Rank == now.Rank) continue;
                found++;
                var change = now.Rank < was.Rank ? AccessChange.NewlyDenied : AccessChange.NewlyAllowed;
                Assert.True(
                    differences.Any(one => one.Change == change && one.Before == Describe(was) && one.After == Describe(now)
                        && one.Actions.Any(action => GlobPattern.Parse(action, ignoreCase: true).Matches(request.Action))),
                    $"seed {seed}: {change} {request} {string.Join(", ", request.Context)} ({Describe(was)} → {Describe(now)}) is not among\n{string.Join('\n', differences)}\n{before}\n{after}");
            }
            if (differences.Count == 0) equal++;
        }
        Assert.True(found > 1_000, $"{found} differences");
        Assert.True(equal > 5, $"{equal} equal pairs");
    }

    [Fact]
    public void Edits_of_real_policies_are_decided_but_for_at_most_five_in_a_hundred()
    {
        var files = SharedData.Policies("scp").Concat(SharedData.Policies("rcp")).ToList();
        var (decided, undecided, edits) = (0, new List<PolicyDifference>(), 0);
        var random = new Random(4);
        foreach (var file in files)
        {
            var before = File.ReadAllText(file);
            var type = file.Contains("rcp", StringComparison.Ordinal) ? PolicyTypes.ResourceControlPolicy : PolicyTypes.ServiceControlPolicy;
            if (!PolicyReader.Read(before, type).IsEvaluable) continue;
            for (var i = 0; i < 3; i++)
            {
                var after = RealEdits.Edit(before, random);
                var differences = PolicyVersions.Compare(PolicyReader.Read(before, type), PolicyReader.Read(after, type));
                edits++;
                undecided.AddRange(differences.Where(one => one.Change == AccessChange.Undecided));
                decided += differences.Count(one => one.Change != AccessChange.Undecided);
                Differ(before, after, differences);
            }
        }
        output.WriteLine($"{edits} edits, {decided} differences, {undecided.Count} undecided");
        foreach (var one in undecided) output.WriteLine(one.ToString());
        Assert.All(undecided, one => Assert.False(string.IsNullOrWhiteSpace(one.Reason) || one.Actions.Count == 0));
        Assert.True(edits > 200 && decided > 100);
        Assert.True(undecided.Count <= 0.05 * (decided + undecided.Count), $"{undecided.Count} of {decided + undecided.Count} undecided");
    }

    private static string Describe((int Rank, int Statement) effect) =>
        effect.Rank == 1 ? "no statement applies" : $"{(effect.Rank == 0 ? "denied" : "allowed")} by statement {effect.Statement}";

    /// <summary>Each witness, evaluated by the reference, has different effects.</summary>
    private static void Differ(string before, string after, IEnumerable<PolicyDifference> differences)
    {
        foreach (var difference in differences.Where(one => one.Change != AccessChange.Undecided))
        {
            var was = Reference.EffectOf(before, difference.Witness!);
            var now = Reference.EffectOf(after, difference.Witness!);
            Assert.True(was is not null && now is not null, $"in doubt: {difference}\n{string.Join('\n', difference.Witness!.Context)}\n{before}\n{after}");
            Assert.True(was.Value.Rank != now.Value.Rank && now.Value.Rank < was.Value.Rank == (difference.Change == AccessChange.NewlyDenied), $"{difference}\n{before}\n{after}");
        }
    }
}

/// <summary>Documents over few actions, resources and keys, and every request there is of these.</summary>
internal sealed class SmallDomain(int seed)
{
    private static readonly string[] Actions = ["s3:Get", "s3:Put", "ec2:Run", "ec2:Get"];
    private static readonly string[] ActionPatterns = ["s3:*", "*:Get", "*", "ec2:Run", "s3:P?t", "s3:Get", "ec2:*"];
    private static readonly string[] Resources = ["*", "arn:aws:s3:::a/1", "arn:aws:s3:::b/1", "arn:aws:s3:::a/2"];
    private static readonly string[] ResourcePatterns = ["*", "arn:aws:s3:::a/*", "arn:aws:s3:::*/1", "arn:aws:s3:::b/1"];
    private static readonly string?[] Texts = [null, "a", "ab", "b"];
    private static readonly string?[] Numbers = [null, "1", "2", "3"];

    private readonly Random _random = new(seed);

    public static IEnumerable<AccessRequest> Requests() =>
        from action in Actions
        from resource in Resources
        from text in Texts
        from number in Numbers
        select new AccessRequest(action) { Resource = resource, ResourceAccount = null, Context = [Key("app:t", text), Key("app:n", number)] };

    public string Document() => Write([.. Enumerable.Range(0, _random.Next(3) + 1).Select(_ => Statement())]);

    public string Edit(string document)
    {
        var statements = JsonNode.Parse(document)!["Statement"]!.AsArray().Select(one => one!.DeepClone().AsObject()).ToList();
        switch (_random.Next(5))
        {
            case 0:
                statements.Add(Statement());
                break;
            case 1 when statements.Count > 1:
                statements.RemoveAt(_random.Next(statements.Count));
                break;
            case 2:
                statements.Reverse();
                break;
            case 3:
                statements[_random.Next(statements.Count)].Remove("Condition");
                break;
            default:
                statements[_random.Next(statements.Count)] = Statement();
                break;
        }
        return Write(statements);
    }

    private static ContextKey Key(string name, string? value) => value is null ? ContextKey.Absent(name) : new ContextKey(name, value);

    private static string Write(IEnumerable<JsonObject> statements) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) }.ToJsonString();

    private JsonObject Statement()
    {
        var statement = new JsonObject { ["Effect"] = _random.Next(3) == 0 ? "Allow" : "Deny" };
        statement[_random.Next(4) == 0 ? "NotAction" : "Action"] = Pick(ActionPatterns);
        statement[_random.Next(5) == 0 ? "NotResource" : "Resource"] = Pick(ResourcePatterns);
        var condition = new JsonObject();
        if (_random.Next(2) == 0) condition[Pick(["StringEquals", "StringNotEquals", "StringLike", "StringNotLikeIfExists", "StringEqualsIfExists", "Null"])] = new JsonObject { ["app:t"] = Pick(["a", "a*", "b", "true"]) };
        if (_random.Next(2) == 0) condition[Pick(["NumericLessThan", "NumericEquals", "NumericNotEquals", "NumericGreaterThanEqualsIfExists"])] = new JsonObject { ["app:n"] = Pick(["1", "2", "3"]) };
        if (condition.Count > 0) statement["Condition"] = condition;
        return statement;
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}

/// <summary>Edits as people make them: an action more or less, another value, a condition less, a statement less.</summary>
internal static class RealEdits
{
    public static string Edit(string document, Random random)
    {
        var policy = JsonNode.Parse(document)!;
        if (policy["Statement"] is not JsonArray) policy["Statement"] = new JsonArray(policy["Statement"]!.DeepClone());
        var statements = policy["Statement"]!.AsArray();
        var statement = statements[random.Next(statements.Count)]!.AsObject();
        var condition = statement["Condition"]?.AsObject();
        switch (random.Next(6))
        {
            case 0 when statement["Action"] is JsonArray { Count: > 1 } actions:
                actions.RemoveAt(random.Next(actions.Count));
                break;
            case 1 when condition is { Count: > 0 }:
                statement.Remove("Condition");
                break;
            case 2 when condition is { Count: > 0 }:
                var (_, keys) = condition.First();
                var (key, value) = keys!.AsObject().First();
                keys[key] = value is JsonArray { Count: > 1 } values ? new JsonArray([.. values.Skip(1).Select(one => one!.DeepClone())]) : JsonValue.Create((value is JsonArray one1 ? one1[0]! : value!) + "x");
                break;
            case 3 when statements.Count > 1:
                statements.RemoveAt(random.Next(statements.Count));
                break;
            case 4:
                statement["Resource"] = "arn:aws:s3:::one-bucket/*";
                statement.Remove("NotResource");
                break;
            default:
                var added = JsonNode.Parse("""{"Effect":"Deny","Action":["s3:Delete*","ec2:TerminateInstances"],"Resource":"*"}""")!.AsObject();
                if (statement["Principal"] is not null) added["Principal"] = "*";
                statements.Add(added);
                break;
        }
        return policy.ToJsonString();
    }
}
