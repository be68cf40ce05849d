using System.Management.Automation;
using System.Text.Json;

namespace Guardrails.Cmdlets.Tests;

public sealed class ReportCmdletTests(Engine engine) : IClassFixture<Engine>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_path_the_report_is_one_string_and_with_one_a_file()
    {
        var text = Assert.IsType<string>(engine.Run("@() | ConvertTo-GuardrailReport").Single.BaseObject);
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.Contains("Nothing was given", text, StringComparison.Ordinal);
        var file = Assert.IsType<FileInfo>(engine.Run("@() | ConvertTo-GuardrailReport -Path $args[0]", _folder["report.html"]).Single.BaseObject);
        Assert.Equal(text, File.ReadAllText(file.FullName));
        Assert.NotEqual(0xEF, File.ReadAllBytes(file.FullName)[0]);
    }

    [Fact]
    public void A_file_that_is_there_is_overwritten_only_with_Force()
    {
        File.WriteAllText(_folder["kept.csv"], "mine");
        engine.Run("@() | ConvertTo-GuardrailReport -Format Csv -Path $args[0]", _folder["kept.csv"]).Error("FileExists");
        Assert.Equal("mine", File.ReadAllText(_folder["kept.csv"]));
        engine.Run("@() | ConvertTo-GuardrailReport -Format Csv -Path $args[0] -Force", _folder["kept.csv"]).ThrowOnError();
        Assert.StartsWith("Name,Title,", File.ReadAllText(_folder["kept.csv"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Csv", "DoraRegister", "B_07.01.0050")]
    [InlineData("Json", "DoraRegister", "guardrails-dora-register/1")]
    [InlineData("Html", "DoraRegister", "<!DOCTYPE html>")]
    [InlineData("Csv", "ExitPlan", "EffortDays")]
    [InlineData("Json", "ExitPlan", "guardrails-exit-plan/1")]
    [InlineData("Json", "Assessment", "guardrails-lock-in/1")]
    public void Each_content_has_each_format(string format, string content, string expected) =>
        Assert.Contains(expected, (string)engine.Run("@() | ConvertTo-GuardrailReport -Format $args[0] -Content $args[1]", format, content).Single.BaseObject, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_result_is_an_error_of_its_own_and_stops_nothing()
    {
        var result = engine.Run("'text' | ConvertTo-GuardrailReport -Format Csv");
        Assert.Contains("String", result.Error("NotReportable").ToString(), StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    // A shop that uses the blog's queue, measured for real.
    private const string Measured = """
        $inventory = @(
            [Guardrails.InventoryResource] @{ Key = 'f'; Type = 'AWS::Lambda::Function'; LogicalId = 'f'; AccountId = '111122223333'; Workload = 'shop'; IsMatched = $true
                References = [Guardrails.ResourceReference[]] @([Guardrails.ResourceReference]::new('q', 'Eventing'), [Guardrails.ResourceReference]::new('t', 'Data')) }
            [Guardrails.InventoryResource] @{ Key = 't'; Type = 'AWS::DynamoDB::Table'; LogicalId = 't'; AccountId = '111122223333'; Workload = 'shop'; IsMatched = $true }
            [Guardrails.InventoryResource] @{ Key = 'q'; Type = 'AWS::SQS::Queue'; LogicalId = 'q'; AccountId = '111122223333'; Workload = 'blog'; IsMatched = $true }
            [Guardrails.InventoryResource] @{ Key = 'm'; Type = 'AWS::StepFunctions::StateMachine'; LogicalId = 'm'; AccountId = '111122223333'; Workload = 'shop'; IsMatched = $true }
        )
        $results = $inventory | Measure-GuardrailLockIn -GroupBy Workload -Date 2026-11-25 -DayRate 900 -Posture enterprise -Scenario price -Benefit @{ shop = 250000 }

        """;

    [Fact]
    public void A_measurement_becomes_a_report_with_its_sensitivity()
    {
        var text = (string)engine.Run(Measured + """
            $sensitivity = $inventory | Get-GuardrailLockInSensitivity -GroupBy Workload -Date 2026-11-25 -DayRate 900 -Posture enterprise -Scenario price -Benefit @{ shop = 250000 }
            ConvertTo-GuardrailReport -InputObject ($results + $sensitivity) -Title Board
            """).Single.BaseObject;
        var html = System.Xml.Linq.XDocument.Parse(text);
        var sections = html.Descendants().Where(element => element.Name.LocalName == "section").Select(section => (string)section.Attribute("id")!).ToList();
        Assert.Equal(["summary", "confidence", "quadrant", "decisions", "drivers", "coupling"], sections.Take(6));
        Assert.Contains("sensitivity", sections);
        Assert.Contains("AWS::StepFunctions::StateMachine", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_is_the_saved_form_of_the_results()
    {
        engine.Run(Measured + """
            $null = $results | Export-GuardrailLockIn -Path $args[0]
            $null = $results | ConvertTo-GuardrailReport -Format Json -Path $args[1]
            """, _folder["saved.json"], _folder["report.json"]).ThrowOnError();
        Assert.Equal(File.ReadAllBytes(_folder["saved.json"]), File.ReadAllBytes(_folder["report.json"]));
    }

    [Fact]
    public void The_steps_of_the_exit_plan_add_up_to_what_was_measured()
    {
        var output = engine.Run(Measured + """
            $results | ConvertTo-GuardrailReport -Format Json -Content ExitPlan
            foreach ($one in $results) { if (-not $one.IsTotal) { $one } }
            """).ThrowOnError().Output;
        using var plan = JsonDocument.Parse((string)output[0].BaseObject);
        Assert.Equal(3, output.Count);
        foreach (var one in output.Skip(1))
        {
            var mean = (decimal)PSObject.AsPSObject(one.Properties["Effort"].Value).Properties["Mean"].Value;
            foreach (var kind in new[] { "Stressed", "Unstressed" })
            {
                var steps = plan.RootElement.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("Group").GetString() == one.Properties["Name"].Value.ToString() && row.GetProperty("Plan").GetString() == kind);
                var days = steps.Select(step => step.GetProperty("EffortDays")).Where(effort => effort.ValueKind == JsonValueKind.Number).Sum(effort => effort.GetDecimal());
                Assert.True(days > 0);
                Assert.Equal(mean, days);
            }
        }
    }

    [Fact]
    public void A_title_stays_text() =>
        Assert.Contains("<title>&lt;b&gt; &amp; co</title>", (string)engine.Run("@() | ConvertTo-GuardrailReport -Title '<b> & co'").Single.BaseObject, StringComparison.Ordinal);
}
