using System.Text;
using Xunit;

namespace Guardrails.Tests;

public sealed class LockInFileTests
{
    private static readonly Evidence Judged = new(EvidenceGrade.C, "reasoning", new(2026, 11, 1));

    [Fact]
    public void What_was_written_is_read_and_written_again_to_the_same_bytes()
    {
        var first = Bytes([Whole("b"), Whole("a"), Whole("Organization") with { IsTotal = true }]);
        var read = LockInFile.Read(new MemoryStream(first), "file");
        Assert.Equal(["Organization", "a", "b"], read.Select(one => one.Name));
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(Bytes(read)));
        var one = read[0];
        Assert.Equal(12.34m, one.Effort.Mean);
        Assert.Equal(Judged, one.Terms[0].Evidence[0]);
        Assert.Equal(3, one.Resources[0].Couplings[EdgeClass.Data]);
        Assert.Null(one.Money.Parts[0].Mean);
        Assert.False(one.Money.IsComplete);
        Assert.Contains("é <b>", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("[]", "holds no lock-in assessments")]
    [InlineData("{\"format\":\"guardrails-snapshot/1\"}", "holds no lock-in assessments")]
    [InlineData("{\"format\":\"guardrails-lock-in/2\"}", "later version")]
    [InlineData("{\"format\":\"guardrails-lock-in/1\"}", "cannot be read")]
    [InlineData("{\"format\":\"guardrails-lock-in/1\",\"assessments\":[{\"name\":\"x\"}]}", "cannot be read")]
    [InlineData("{\"format\":\"guardrails-lock-in/1\",\"assessments\":null}", "cannot be read")]
    public void What_is_no_set_of_assessments_is_refused_by_name(string text, string reason)
    {
        var error = Assert.Throws<LockInFormatException>(() => LockInFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "base.json"));
        Assert.Contains("'base.json'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(IEnumerable<LockInAssessment> assessments)
    {
        var stream = new MemoryStream();
        LockInFile.Write(assessments, stream);
        return stream.ToArray();
    }

    private static LockInAssessment Whole(string name) => new()
    {
        Name = name,
        Title = "é <b>",
        GroupBy = LockInGrouping.Workload,
        IsTotal = false,
        Settings = new()
        {
            Target = LockInTarget.Azure,
            AssessedOn = new(2026, 11, 25),
            ReviewOn = new(2027, 11, 25),
            HorizonYears = 3,
            Currency = "EUR",
            Seed = 1,
            Draws = 10_000,
            DataDigest = "abc",
        },
        Counts = new() { Resources = 1, Glue = 0, Types = 1, FamilyTypes = 0, UnknownTypes = [], Couplings = 3, OutwardCouplings = 0, Stores = 0, StoresWithoutVolume = 0, ResourcesWithCost = 0, Matched = 1 },
        Effort = new() { P10 = 1, P50 = 2.5m, P90 = 4, MeanHundredths = 1234, OwnHundredths = 1234, SharedHundredths = 0 },
        Terms = [new() { Kind = LockInTermKind.TypeEach, Subject = "AWS::S3::Bucket", Count = 1, AmountHundredths = 1234, OwnHundredths = 1234, Formula = "12.34 × 1^0.68", Constants = ["each.redesign"], Evidence = [Judged] }],
        Learning = new() { Families = [new() { Family = "object", Title = "Objects", ServiceDays = 2 }] },
        Time = new() { P10 = 1, P50 = 2, P90 = 3, LearningDays = 1, ChainDays = 1, Circles = 0, LargestCircle = 0, Draws = 200 },
        Money = new() { Currency = "EUR", Parts = [new() { Kind = LockInMoneyKind.Retrieval, Note = "The class of storage is not known." }] },
        Risk = new() { Scenarios = [new() { Name = "price", RatePerYear = 0.1m, Probability = 0.25m, Evidence = Judged }], Probability = 0.25m },
        Decision = new() { Kind = LockInDecisionKind.Indeterminate, Reasons = ["No benefit was given."], AcceptIsOffered = true, Options = [] },
        Confidence = new() { Value = 0.5m, Band = LockInBand.Medium, Words = "half", Components = [new("Types", 1, 0.35m, "all")] },
        Graph = new() { Nodes = [new("object", "Objects", 1)], Edges = [new("object", "object", EdgeClass.Data, 3)] },
        Resources = [new() { Identity = "x", Name = "x", Type = "AWS::S3::Bucket", Group = name, MarginalHundredths = 1234, Couplings = new Dictionary<EdgeClass, int> { [EdgeClass.Data] = 3 } }],
    };
}
