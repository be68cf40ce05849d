using System.Diagnostics;
using System.Globalization;
using System.Text;
using Guardrails.Core.Tests.Policies.Lint;
using Xunit;

namespace Guardrails.Core.Tests.Policies.Documents;

/// <summary>A megabyte made to hurt ends in findings, in bounded time and memory.</summary>
public sealed class HostileJsonTests
{
    private const int Megabyte = 1_000_000;

    // Of what is allocated in all, not of what is held at once. A value of the tree takes about 100 bytes, its list's slot and its text included.
    private const long MostAllocated = 400L * Megabyte;

    // Of the processor's time, not of the clock's: a machine can be busy with something else.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("deep arrays", "GR-POL-007")]
    [InlineData("deep objects", "GR-POL-007")]
    [InlineData("one name over and over", "GR-POL-006")]
    [InlineData("many names, each twice", "GR-POL-006")]
    [InlineData("a huge text", "GR-POL-011")]
    [InlineData("invalid UTF-8", "GR-POL-002")]
    [InlineData("comments and nothing else", "GR-POL-001")]
    [InlineData("comments between values", "GR-POL-004")]
    [InlineData("commas", "GR-POL-001")]
    [InlineData("trailing commas", "GR-POL-005")]
    [InlineData("empty arrays", "GR-POL-009")]
    [InlineData("half surrogates", "GR-POL-001")]
    [InlineData("line feeds", "GR-POL-001")]
    [InlineData("10,000 wildcards in one pattern", "GR-POL-032")]
    [InlineData("many patterns", "GR-POL-011")]
    [InlineData("many statements", "GR-POL-011")]
    [InlineData("many patterns in the longest document that is checked whole", "GR-POL-011")]
    [InlineData("many statements in the longest document that is checked whole", "GR-POL-011")]
    [InlineData("many condition keys in the longest document that is checked whole", "GR-POL-011")]
    [InlineData("brackets that look like placeholders", "GR-POL-011")]
    [InlineData("much too large", "GR-POL-008")]
    public void It_ends_in_findings(string name, string rule)
    {
        var bytes = Make(name);
        _ = LintData.Lint;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = ThisThreadsTime();
        var document = PolicyReader.Read(bytes, PolicyTypes.ServiceControlPolicy, name);
        var findings = LintData.Lint.Check(document);
        var took = ThisThreadsTime() - started;
        Assert.True(took < Longest, $"{name} took {took}.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        Assert.Contains(findings, finding => finding.Rule == rule);
        Assert.All(findings.GroupBy(finding => finding.Rule, StringComparer.Ordinal), one => Assert.InRange(one.Count(), 1, FindingList.MostOfOneRule));
        Assert.All(findings, finding => Assert.InRange(finding.Message.Length, 1, 500));
    }

    /// <summary>How long the processor has worked for this thread, where the system tells; else the clock's time.</summary>
    private static TimeSpan ThisThreadsTime()
    {
        const string Told = "/proc/thread-self/schedstat";
        return File.Exists(Told) ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Told).Split(' ')[0], CultureInfo.InvariantCulture) / 1000) : Stopwatch.GetElapsedTime(0);
    }

    private static byte[] Make(string name) => name switch
    {
        "deep arrays" => Bytes(new string('[', Megabyte)),
        "deep objects" => Repeat("{\"a\":", ""),
        "one name over and over" => Repeat("\"a\":1,", "\"a\":1}", "{"),
        "many names, each twice" => Bytes("{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"{i % 50_000}\":1")) + "}"),
        "a huge text" => Bytes(Statement($"\"s3:{new string('a', Megabyte)}\"")),
        "invalid UTF-8" => [.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)0xFF, Megabyte), .. "\"}"u8],
        "comments and nothing else" => Repeat("/**/", ""),
        "comments between values" => Repeat("1,/**/", "1]", "["),
        "commas" => Repeat(",", "]", "["),
        "trailing commas" => Repeat("[1,],", "1]", "["),
        "empty arrays" => Repeat("[],", "[]]}", "{\"Statement\":["),
        "half surrogates" => Repeat("\"\\ud800\",", "1]", "["),
        "line feeds" => Repeat("\n", ""),
        "10,000 wildcards in one pattern" => Bytes(Statement("\"s3:" + string.Concat(Enumerable.Repeat("*a", 10_000)) + "\"")),
        "many patterns" => Bytes(Statement("[" + Many(60_000, i => $"\"ec2:*a*b*{i}*\"") + "]")),
        "many statements" => Bytes(LintCase.Policy(Many(14_000, i => $$"""{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::{{i}}"}"""))),
        "many patterns in the longest document that is checked whole" => Bytes(Statement("[" + Many(5_000, i => $"\"ec2:*e*s{i}*\"") + "]")),
        "many statements in the longest document that is checked whole" =>
            Bytes(LintCase.Policy(Many(1_300, i => $$"""{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::{{i}}"}"""))),
        "many condition keys in the longest document that is checked whole" =>
            Bytes(LintCase.Policy(LintCase.Deny("""{"StringNotEquals":{""" + Many(3_000, i => $"\"aws:SourceVpc{i}\":\"*\"") + "}}"))),
        "brackets that look like placeholders" => Bytes(LintCase.Policy("""{"Effect":"Deny","Action":"*","Resource":[""" + Many(90, i => '"' + new string('[', 1000) + '"') + "]}")),
        _ => new byte[PolicyReader.LargestDocument + 1],
    };

    private static string Statement(string actions) => LintCase.Policy($$"""{"Effect":"Deny","Action":{{actions}},"Resource":"*"}""");

    private static string Many(int count, Func<int, string> one) => string.Join(',', Enumerable.Range(0, count).Select(one));

    private static byte[] Repeat(string part, string end, string start = "") => Bytes(start + string.Concat(Enumerable.Repeat(part, Megabyte / part.Length)) + end);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
