using System.Text.Json;
using Xunit;

namespace Guardrails.Tests;

public sealed class RegisterAndPlanTests
{
    [Fact]
    public void The_register_has_the_columns_of_the_template_and_leaves_what_it_cannot_know_empty()
    {
        var table = DoraRegister.Of(LockInReportPart.InOrder(SampleAssessments.Portfolio(6)));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"B_07.01.{i * 10:0000}"), table.Columns.Select(column => column.Name).Where(name => name.StartsWith("B_07", StringComparison.Ordinal)));
        Assert.Equal(6, table.Rows.Count);
        foreach (var row in table.Rows)
        {
            foreach (var name in new[] { "0010", "0020", "0030", "0040", "0070", "0080", "0100" })
            {
                Assert.Equal(ReportCellKind.Empty, Cell(table, row, "B_07.01." + name).Kind);
                Assert.Matches("0010 to 0040.*0070.*0080.*0100", Cell(table, row, "ToComplete").Plain);
            }
        }
    }

    [Fact]
    public void The_vocabulary_is_that_of_the_regulation()
    {
        Assert.Equal("Not substitutable", DoraRegister.NotSubstitutable);
        Assert.Equal("Highly complex substitutability", DoraRegister.HighlyComplex);
        Assert.Equal("Medium complexity in terms of substitutability", DoraRegister.MediumComplexity);
        Assert.Equal("Easily substitutable", DoraRegister.EasilySubstitutable);
        Assert.Equal("Lack of real alternatives", DoraRegister.NoAlternatives);
        Assert.Equal("Difficulties in migrating or reintegrating", DoraRegister.HardToMigrate);
        Assert.Equal("Lack of real alternatives and difficulties in migrating or reintegrating", DoraRegister.Both);
        Assert.Equal("Easy Difficult Highly complex", $"{DoraRegister.ReintegrationEasy} {DoraRegister.ReintegrationDifficult} {DoraRegister.ReintegrationHighlyComplex}");
    }

    public static TheoryData<string, ApiLevel?, DataExport?, RuntimeArtefact?, bool, string, string?, string> Judged => new()
    {
        { "the same engine", ApiLevel.SameEngine, DataExport.NativeBulk, RuntimeArtefact.OciImage, true, DoraRegister.EasilySubstitutable, null, DoraRegister.ReintegrationEasy },
        { "another interface", ApiLevel.EquivalentOtherApi, null, null, true, DoraRegister.MediumComplexity, null, DoraRegister.ReintegrationDifficult },
        { "a transformed export", ApiLevel.SameEngine, DataExport.Transform, null, true, DoraRegister.MediumComplexity, null, DoraRegister.ReintegrationDifficult },
        { "a package of functions", ApiLevel.SameEngine, null, RuntimeArtefact.FunctionPackage, true, DoraRegister.MediumComplexity, null, DoraRegister.ReintegrationDifficult },
        { "nothing known is never easy", null, null, null, true, DoraRegister.MediumComplexity, null, DoraRegister.ReintegrationDifficult },
        { "another design", ApiLevel.Redesign, null, null, true, DoraRegister.HighlyComplex, DoraRegister.HardToMigrate, DoraRegister.ReintegrationHighlyComplex },
        { "key material", ApiLevel.SameEngine, DataExport.NotExportable, null, true, DoraRegister.HighlyComplex, DoraRegister.HardToMigrate, DoraRegister.ReintegrationHighlyComplex },
        { "longer than the window", ApiLevel.SameEngine, null, null, false, DoraRegister.HighlyComplex, DoraRegister.HardToMigrate, DoraRegister.ReintegrationHighlyComplex },
        { "nothing does the same", ApiLevel.None, null, null, true, DoraRegister.NotSubstitutable, DoraRegister.NoAlternatives, DoraRegister.ReintegrationHighlyComplex },
        { "neither alternative nor export", ApiLevel.None, DataExport.ApiScrape, null, true, DoraRegister.NotSubstitutable, DoraRegister.NoAlternatives, DoraRegister.ReintegrationHighlyComplex },
    };

    [Theory]
    [MemberData(nameof(Judged))]
    public void A_group_is_judged_by_its_worst_type(string what, ApiLevel? api, DataExport? export, RuntimeArtefact? artefact, bool inTime, string substitutability, string? reason, string reintegration)
    {
        var sample = SampleAssessments.Portfolio(1)[1];
        var one = sample with
        {
            Types = [new() { Type = "AWS::A::B", Count = 1, Api = api, Export = export, Artefact = artefact }, new() { Type = "AWS::S3::Bucket", Count = 1, Api = ApiLevel.SameEngine }, new() { Type = "AWS::Glue::Joint", Count = 1, IsGlue = true, Api = ApiLevel.None }],
            Decision = sample.Decision with { AcceptIsOffered = inTime },
        };
        var table = DoraRegister.Of([one]);
        var row = Assert.Single(table.Rows);
        Assert.Equal((what, substitutability), (what, Cell(table, row, "B_07.01.0050").Plain));
        // Where the worst type lacks both, both are said.
        var expected = api == ApiLevel.None && export == DataExport.ApiScrape ? DoraRegister.Both : reason ?? "";
        Assert.Equal((what, expected), (what, Cell(table, row, "B_07.01.0060").Plain));
        Assert.Equal(reintegration, Cell(table, row, "B_07.01.0090").Plain);
        var elsewhere = DoraRegister.Of([one with { Settings = one.Settings with { Target = LockInTarget.Azure } }]);
        Assert.Equal(ReportCellKind.Empty, Cell(elsewhere, elsewhere.Rows[0], "B_07.01.0090").Kind);
    }

    [Fact]
    public void A_group_in_which_nothing_was_measured_is_not_judged()
    {
        var table = DoraRegister.Of([SampleAssessments.Portfolio(1)[1] with { Types = [] }]);
        Assert.All(new[] { "0050", "0060", "0090", "0110", "0120" }, name => Assert.Equal(ReportCellKind.Empty, Cell(table, table.Rows[0], "B_07.01." + name).Kind));
        Assert.Contains("nothing was measured", Cell(table, table.Rows[0], "ToComplete").Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitPlan.Unstressed)]
    [InlineData(ExitPlan.Stressed)]
    public void The_steps_of_a_plan_add_up_to_the_mean_exactly(string plan)
    {
        var assessments = LockInReportPart.InOrder(SampleAssessments.Portfolio(9));
        var table = ExitPlan.Of(assessments);
        foreach (var one in assessments.Where(one => !one.IsTotal))
        {
            var rows = table.Rows.Where(row => Cell(table, row, "Group").Plain == one.Name && Cell(table, row, "Plan").Plain == plan).ToList();
            Assert.Equal(one.Effort.Mean, rows.Sum(row => decimal.Parse("0" + Cell(table, row, "EffortDays").Plain, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), rows.Select(row => Cell(table, row, "Order").Plain));
            Assert.Equal("Test", Cell(table, rows[^1], "Phase").Plain);
            Assert.All(rows, row => Assert.All(new[] { "Owner", "Start", "End", "Evidence" }, name => Assert.Equal(ReportCellKind.Empty, Cell(table, row, name).Kind)));
        }
    }

    [Fact]
    public void The_phases_are_in_order_and_a_stressed_exit_begins_before_the_stress()
    {
        var table = ExitPlan.Of(LockInReportPart.InOrder(SampleAssessments.Portfolio(3)));
        List<string> Phases(string plan) => [.. table.Rows.Where(row => Cell(table, row, "Group").Plain == "checkout" && Cell(table, row, "Plan").Plain == plan).Select(row => Cell(table, row, "Phase").Plain).Distinct()];
        Assert.Equal(["Learn", "Build", "Migrate data", "Cut over", "Decommission", "Test"], Phases(ExitPlan.Unstressed));
        Assert.Equal(["Prepare", "Build", "Restore data", "Cut over", "Close", "Test"], Phases(ExitPlan.Stressed));
    }

    [Fact]
    public void What_is_used_moves_before_its_user_and_circles_move_together()
    {
        var waves = new LockInWaves(new LockInGraph
        {
            Nodes = [new("a", "A", 1), new("b", "B", 1), new("c", "C", 1), new("d", "D", 1), new("(outside)", "Outside", 9)],
            Edges = [new("a", "b", EdgeClass.Data, 1), new("b", "c", EdgeClass.Data, 1), new("c", "b", EdgeClass.Data, 1), new("b", "d", EdgeClass.Data, 1), new("d", "d", EdgeClass.Data, 1), new("d", "(outside)", EdgeClass.Data, 1)],
        });
        Assert.Equal((3, 2, 2, 1), (waves.Of("a")!.Value, waves.Of("b")!.Value, waves.Of("c")!.Value, waves.Of("d")!.Value));
        Assert.Null(waves.Of("(outside)"));
        Assert.Equal(("C", "B"), (waves.MovesWith("b"), waves.MovesWith("c")));
        Assert.Null(waves.MovesWith("d"));
    }

    [Fact]
    public void Groups_are_planned_in_the_order_in_which_they_can_move()
    {
        var assessments = SampleAssessments.Portfolio(3).ToList();
        assessments[0] = assessments[0] with { Graph = new() { Nodes = [.. assessments.Skip(1).Select(one => new LockInGraphNode(one.Name, one.Name, 1))], Edges = [new("checkout", "payments", EdgeClass.Data, 1), new("identity", "checkout", EdgeClass.Data, 1)] } };
        var table = ExitPlan.Of(LockInReportPart.InOrder(assessments));
        Assert.Equal(["payments", "checkout", "identity"], table.Rows.Select(row => Cell(table, row, "Group").Plain).Distinct());
    }

    [Fact]
    public void A_table_as_JSON_keeps_numbers_and_says_null_where_nothing_is_known()
    {
        var table = ExitPlan.Of(LockInReportPart.InOrder(SampleAssessments.Portfolio(2, SampleAssessments.Hostile)));
        using var json = JsonDocument.Parse(JsonReport.Write(table));
        Assert.Equal("guardrails-exit-plan/1", json.RootElement.GetProperty("format").GetString());
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(table.Rows.Count, rows.Count);
        Assert.Contains(rows, row => row.GetProperty("Group").GetString() == "<script>alert(1)</script>");
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("Owner").ValueKind);
        Assert.Equal(JsonValueKind.Number, rows[0].GetProperty("EffortDays").ValueKind);
    }

    [Fact]
    public void The_JSON_of_assessments_is_read_again()
    {
        var assessments = LockInReportPart.InOrder(SampleAssessments.Portfolio(12));
        var text = LockInReportPart.Text(assessments);
        var read = LockInFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "file");
        Assert.Equal(text, LockInReportPart.Text(read));
    }

    private static ReportCell Cell(ReportTable table, IReadOnlyList<ReportCell> row, string column) => row[table.Columns.Select((one, i) => (one.Name, i)).Single(pair => pair.Name == column).i];
}
