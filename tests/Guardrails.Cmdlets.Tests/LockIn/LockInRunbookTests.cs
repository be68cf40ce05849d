namespace Guardrails.Cmdlets.Tests;

/// <summary>The runbooks on lock-in, run in the host as a user runs them.</summary>
public sealed class LockInRunbookTests
{
    private static readonly string Templates = Path.Combine(Repository.Root, "..", "shared", "data", "templates");

    [Fact]
    public async Task The_second_example_of_the_README_compares_designs_makes_a_report_and_stops_a_change_that_is_over_its_budget()
    {
        using var folder = new TemporaryFolder();
        var run = await HostProcess.RunAsync(Example, "-Path", folder["nothing"], "-Report", folder["lock-in.html"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("One shop in three designs", run.Output, StringComparison.Ordinal);
        var days = Lines(run.Output, "  machines", "  containers", "  functions").Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(days is [> 0, _, _] && days[0] < days[1] && days[1] < days[2], run.Output);
        Assert.StartsWith("  Better", run.Output.Split("what weighs most:")[1].Trim('\r', '\n'), StringComparison.Ordinal);
        // A table, and no list of properties.
        Assert.Matches(@"\nshop +\d", run.Output);
        Assert.Contains("The build stops here", run.Output, StringComparison.Ordinal);
        Assert.Contains("AWS::StepFunctions::StateMachine Fulfil", run.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", await File.ReadAllTextAsync(folder["lock-in.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_within_its_budget_passes()
    {
        using var folder = new TemporaryFolder();
        var run = await HostProcess.RunAsync(Example, "-Path", folder["nothing"], "-Budget", "1000");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("The build goes on.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_validation_that_is_committed_is_what_its_command_makes_of_the_data()
    {
        Assert.SkipUnless(Directory.Exists(Templates), "shared data is not here");
        using var folder = new TemporaryFolder();
        var run = await HostProcess.RunAsync(Path.Combine(Repository.Root, "tests", "validation", "lock-in.ps1"), "-OutFile", folder["VALIDATION.md"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var committed = Path.Combine(Repository.Root, "module", "data", "lockin", "VALIDATION.md");
        Assert.Equal(await File.ReadAllTextAsync(folder["VALIDATION.md"], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken));
    }

    private static string Example => Path.Combine(Repository.Root, "examples", "lock-in.ps1");

    private static IEnumerable<string> Lines(string output, params string[] starts) =>
        starts.Select(start => output.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal)));
}
