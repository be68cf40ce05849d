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

    [Fact]
    public void A_title_stays_text() =>
        Assert.Contains("<title>&lt;b&gt; &amp; co</title>", (string)engine.Run("@() | ConvertTo-GuardrailReport -Title '<b> & co'").Single.BaseObject, StringComparison.Ordinal);
}
