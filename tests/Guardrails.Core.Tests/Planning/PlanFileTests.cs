using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>A plan's file: the same bytes for the same plan, and nothing believed that is not whole.</summary>
public sealed class PlanFileTests : IDisposable
{
    private static readonly Change[] TwoChanges =
    [
        Changes.Of("test:a") with { ResourceId = "1", Fingerprint = Facts.Of(("name", "ä\"\u001b[2J")), Before = Facts.Of(("x", "1")), After = Facts.Of(("x", "2"), ("y", "")), Risk = ChangeRisk.High },
        Changes.Of("test:b", "lane:/x", "test:a") with { Reversibility = Reversibility.Irreversible },
    ];

    private static readonly Plan Two = Plan.Of(TwoChanges) with { Command = "Test", OrganizationId = "o-test", MadeAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero) };

    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-test-").FullName;

    private string File_ => Path.Combine(_folder, "one.plan.json");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_plan_reads_back_as_it_was_written_and_gives_the_same_bytes_again()
    {
        PlanFile.Save(Two, File_);
        var bytes = File.ReadAllBytes(File_);
        var read = PlanFile.Load(File_);
        PlanFile.Save(read, File_);
        Assert.Equal(bytes, File.ReadAllBytes(File_));
        Assert.Equal(("Test", "o-test", Two.MadeAt), (read.Command, read.OrganizationId, read.MadeAt));
        Assert.Equal(Two.Lines.Select(line => line.Text), read.Lines.Select(line => line.Text));
        Assert.Equal("ä\"\u001b[2J", read.Changes[0].Fingerprint["name"]);
        Assert.Equal("do test:b", Assert.Single(read.Irreversible).Id);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.part"));
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        PlanFile.Save(Two, File_);
        var bytes = File.ReadAllBytes(File_);
        // The last two are the brace and the line's end.
        for (var length = 0; length < bytes.Length - 1; length++) Refuse(bytes[..length]);
    }

    public static TheoryData<string, Action<JsonObject>> Edits => new()
    {
        { "newer", plan => plan["format"] = "guardrails-plan/2" },
        { "is not a plan", plan => plan.Remove("format") },
        { "is not a plan", plan => plan["format"] = "guardrails-snapshot/1" },
        { "no member 'run'", plan => plan["run"] = "rm" },
        { "no member 'then'", plan => First(plan)["then"] = "x" },
        { "cannot be read", plan => plan.Remove("changes") },
        { "cannot be read", plan => plan["changes"] = "none" },
        { "cannot be read", plan => plan["madeAt"] = "yesterday" },
        { "cannot be read", plan => plan.Remove("organization") },
        { "no 'kind'", plan => First(plan).Remove("kind") },
        { "cannot be read", plan => First(plan)["after"] = new JsonArray() },
        { "cannot be read", plan => First(plan)["after"]!["x"] = 2 },
        { "not a risk", plan => First(plan)["risk"] = "None" },
        { "not a reversibility", plan => First(plan)["reversibility"] = "7" },
        { "which is not in the plan", plan => First(plan)["dependsOn"] = new JsonArray("do test:z") },
        { "wait for each other", plan => First(plan)["dependsOn"] = new JsonArray("do test:b") },
        { "two changes are 'do test:a'", plan => plan["changes"]!.AsArray().Add(First(plan).DeepClone()) },
        {
            "more than one object: 1, 2", plan =>
            {
                var other = First(plan).DeepClone();
                other["action"] = "undo";
                other["resourceId"] = "2";
                plan["changes"]!.AsArray().Add(other);
            }
        },
    };

    [Theory, MemberData(nameof(Edits), DisableDiscoveryEnumeration = true)]
    public void An_edited_file_is_refused_and_says_what_is_wrong(string said, Action<JsonObject> edit)
    {
        PlanFile.Save(Two, File_);
        var plan = JsonNode.Parse(File.ReadAllBytes(File_))!.AsObject();
        edit(plan);
        Assert.Contains(said, Refuse(Encoding.UTF8.GetBytes(plan.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_stands_twice_is_refused() =>
        Refuse(Encoding.UTF8.GetBytes("""{"format":"guardrails-plan/1","organization":"o-1","organization":"o-2","command":"x","madeAt":"2026-11-23T08:00:00Z","changes":[]}"""));

    [Fact]
    public void A_plan_is_shown_like_a_diff_and_steers_no_terminal()
    {
        var change = Changes.Of("test:\u001b[2J") with { ResourceId = "1", Before = Facts.Of(("a", "1"), ("b", "2"), ("same", "x")), After = Facts.Of(("a", "3"), ("c", "4"), ("same", "x")) };
        Assert.Equal(
            ["~ do test:\uFFFD[2J (1), low risk, reversible", "    ~ a: 1 → 3", "    - b: 2", "    + c: 4"], PlanLine.Of(change).Select(line => line.Text));
        Assert.Equal('+', PlanLine.Of(change with { Before = Facts.None }).First().Sign);
        Assert.Equal('-', PlanLine.Of(change with { After = Facts.None }).First().Sign);
    }

    private static JsonObject First(JsonObject plan) => plan["changes"]!.AsArray()[0]!.AsObject();

    private static string Refuse(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Assert.Throws<PlanFormatException>(() => PlanFile.Read(stream, "a.json")).Message;
    }
}
