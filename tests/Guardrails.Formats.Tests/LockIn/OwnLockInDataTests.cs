using CsCheck;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>A user's own file of lock-in data: it goes before the module's, and what is wrong in it is told with its place.</summary>
public sealed class OwnLockInDataTests
{
    private const string AsOf = "asOf: 2026-11-25\n";

    [Fact]
    public void A_value_of_ones_own_replaces_that_value_and_leaves_the_others()
    {
        var before = LockInFiles.Facts().ProfileOf("AWS::SQS::Queue", null, LockInTarget.Azure)!;
        var facts = LockInFiles.Facts(AsOf + "profiles:\n  AWS::SQS::Queue:\n    azure:\n      api: { is: redesign, grade: A, source: 'https://wiki.example/trial' }\n");
        var after = facts.ProfileOf("AWS::SQS::Queue", null, LockInTarget.Azure)!;
        Assert.Equal(new Graded<ApiLevel>(ApiLevel.Redesign, new Evidence(EvidenceGrade.A, "https://wiki.example/trial", new DateOnly(2026, 11, 25))), after.Api);
        Assert.Equal(before.Alternatives.Select(one => one.Name), after.Alternatives.Select(one => one.Name));
        Assert.Equal(before.Family, after.Family);
        Assert.Equal(LockInFiles.Facts().ProfileOf("AWS::SQS::Queue", null, LockInTarget.GoogleCloud), facts.ProfileOf("AWS::SQS::Queue", null, LockInTarget.GoogleCloud), ProfilesAlike);
    }

    [Fact]
    public void A_level_for_all_targets_goes_before_the_modules_for_each()
    {
        var facts = LockInFiles.Facts(AsOf + "profiles: { AWS::S3::Bucket: { export: { is: transform, grade: C, source: nothing but archives } } }");
        Assert.All(Enum.GetValues<LockInTarget>(), target => Assert.Equal(DataExport.Transform, facts.ProfileOf("AWS::S3::Bucket", null, target)!.Export!.Value));
    }

    [Fact]
    public void Types_families_alternatives_and_constants_can_be_added()
    {
        var facts = LockInFiles.Facts(AsOf + """
            families:
              ledger:
                title: Ledgers
                edges: data
                types: ['Acme::Ledger::*', 'AWS::SQS::Queue']
                learning: { is: 3, grade: C, source: ours }
            constants:
              skills.ledger: { low: 1, likely: 2, high: 4, grade: C, source: ours }
              edge.data: { low: 1, likely: 1, high: 1, grade: A, source: 'https://wiki.example/measured' }
            alternatives:
              immudb: { name: immudb, license: BUSL-1.1, maintained: true, gaps: [no SQL joins] }
            profiles:
              Acme::Ledger::Book:
                family: ledger
                open-source: { api: { is: equivalent-other-api, grade: C, source: ours }, alternatives: [immudb] }
            """);
        Assert.Equal("ledger", facts.FamilyOf("Acme::Ledger::Page")!.Name);
        Assert.Equal("ledger", facts.FamilyOf("AWS::SQS::Queue")!.Name);
        Assert.Equal(200, facts.Constants["skills.ledger"].MeanHundredths - 33);
        Assert.Equal(100, facts.Constants["edge.data"].MeanHundredths);
        Assert.Equal("immudb", Assert.Single(facts.ProfileOf("Acme::Ledger::Book", null, LockInTarget.OpenSource)!.Alternatives).Name);
        Assert.True(facts.ProfileOf("Acme::Ledger::Book", null, LockInTarget.Azure)!.IsFamilyProfile);
    }

    [Fact]
    public void A_later_file_is_no_excuse_for_saying_the_same_twice() =>
        Assert.Contains("own2.yaml(2,25): 'edge.data' is in own1.yaml as well, on line 2.", Messages(
            AsOf + "constants: { edge.data: { low: 1, likely: 1, high: 1, grade: C, source: x } }", AsOf + "constants: { edge.data: { low: 1, likely: 1, high: 1, grade: C, source: x } }"));

    [Theory]
    [InlineData("", "own1.yaml: The file is empty")]
    [InlineData("- a", "own1.yaml(1,1): Here is a list where a file of lock-in data is expected")]
    [InlineData("profiles: {}", "own1.yaml(1,1): A file of lock-in data has no 'asOf'")]
    [InlineData("asOf: yesterday", "own1.yaml(1,7): 'asOf' is 'yesterday'; a day as yyyy-MM-dd is expected.")]
    [InlineData(AsOf + "profile: {}", "own1.yaml(2,1): 'profile' is not a name in a file of lock-in data; 'profiles' may be meant.")]
    [InlineData(AsOf + "profiles:\n  AWS::SQS::Queue:\n    azur: {}", "own1.yaml(4,5): 'azur' is not a name in a profile; 'azure' may be meant.")]
    [InlineData(AsOf + "profiles:\n  AWS::SQS::Queue:\n    azure:\n      api: { is: redesing, grade: C, source: x }", "own1.yaml(5,18): 'is' is 'redesing'; one of same-engine, compatible-implementation, equivalent-other-api, redesign, none is expected. 'redesign' may be meant.")]
    [InlineData(AsOf + "profiles: { AWS::SQS::Queue: { azure: { api: { is: redesign, grade: D, source: x } } } }", "'grade' is 'D'; one of A, B, C is expected.")]
    [InlineData(AsOf + "profiles: { AWS::SQS::Queue: { azure: { api: { is: redesign, grade: B, source: I think so } } } }", "what is measured or documented names its page")]
    [InlineData(AsOf + "profiles: { AWS::SQS::Queue: { azure: { api: { is: redesign, grade: C } } } }", "A level with grade and source has no 'source': a text is expected.")]
    [InlineData(AsOf + "profiles: { AWS::SQS::Queue: { azure: { api: redesign } } }", "Here is the text 'redesign' where a level with grade and source is expected")]
    [InlineData(AsOf + "profiles: { AWS::SQS::Queue: { azure: { alternatives: [rabitmq] } } }", "There is no alternative 'rabitmq'")]
    [InlineData(AsOf + "profiles: { Acme::New::Type: { azure: {} } }", "A profile has no 'family'")]
    [InlineData(AsOf + "profiles: { Acme::New::Type: { family: mesaging, azure: {} } }", "'family' is 'mesaging'; the name of a family is expected. 'messaging' may be meant.")]
    [InlineData(AsOf + "constants:\n  edge.dta: { low: 1, likely: 2, high: 3, grade: C, source: x }", "own1.yaml(3,13): The model has no constant 'edge.dta'. 'edge.data' may be meant.")]
    [InlineData(AsOf + "constants: { edge.data: { low: 3, likely: 2, high: 1, grade: C, source: x } }", "The constant 'edge.data' is not in order")]
    [InlineData(AsOf + "constants: { edge.data: { low: -1, likely: 2, high: 3, grade: C, source: x } }", "'low' is '-1'; a number from 0 to")]
    [InlineData(AsOf + "constants: { edge.data: { low: 1e9, likely: 2, high: 3, grade: C, source: x } }", "'low' is '1e9'")]
    [InlineData(AsOf + "families: { new: { title: New, edges: data } }", "There is no constant 'skills.new', which the model needs")]
    [InlineData(AsOf + "families: { messaging: { types: ['AWS::*::Queue'] } }", "'AWS::*::Queue' is no pattern of types")]
    [InlineData(AsOf + "families: { messaging: { types: ['Acme::Q::*'] }, caching: { types: ['Acme::Q::*'] } }", "The types 'Acme::Q::*' are given twice")]
    [InlineData(AsOf + "glue: AWS::A::B", "'glue' is the text 'AWS::A::B' where a list is expected.")]
    [InlineData(AsOf + "terraform: { acme_a: [] }", "'acme_a' is a list where a CloudFormation type is expected.")]
    [InlineData(AsOf + "profiles: { a: *b }", "This refers to 'b' elsewhere in the file.")]
    [InlineData(AsOf + "profiles: { a: {}, a: {} }", "'a' is given twice.")]
    [InlineData(AsOf + "profiles: {", "This is not YAML")]
    public void What_is_wrong_is_told_with_its_place_and_what_is_expected(string text, string message) => Assert.Contains(message, Messages(text), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var findings = Assert.Throws<LockInDataException>(() => LockInFiles.Facts(AsOf + "constants:\n  edge.data: { low: x, likely: 2, high: 3, grade: C, source: x }\n  edge.network: { low: 1 }\nprofils: {}\n")).Findings;
        Assert.Equal([3, 4, 4, 4, 4, 5], findings.Select(finding => finding.Line!.Value).Order());
    }

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("nested more than 64 deep", Messages(AsOf + "profiles: " + new string('[', 100_000)), StringComparison.Ordinal);

    [Fact]
    public void Damaged_files_give_findings_or_facts_and_nothing_else()
    {
        var text = File.ReadAllText(Path.Combine(LockInFiles.Folder, "profiles", "messaging.yaml"));
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 40], Gen.String[Gen.Char["{}[]:,-'\"\n\t *&!|>%@`#ab1"], 0, 6]).Sample((at, length, put) =>
        {
            var damaged = text[..at] + put + text[Math.Min(text.Length, at + length)..];
            var tree = TreeFiles.Parse(damaged, "own.yaml");
            try
            {
                LockInDataReader.Types([], [tree]);
            }
            catch (LockInDataException e)
            {
                Assert.NotEmpty(e.Findings);
                Assert.All(e.Findings, finding => Assert.False(string.IsNullOrWhiteSpace(finding.Message)));
            }
        }, iter: 300);
    }

    private static string Messages(params string[] own) => Assert.Throws<LockInDataException>(() => LockInFiles.Facts(own)).Message;

    private static bool ProfilesAlike(LockInProfile? one, LockInProfile? other) =>
        one is not null && other is not null && one.Api == other.Api && one.Export == other.Export && one.Artefact == other.Artefact && one.Alternatives.Count == other.Alternatives.Count;
}
