using System.Reflection;
using Xunit;

namespace Guardrails.Tests;

public sealed class PublicApiTests
{
    private const string Approved = "tests/Guardrails.Core.Tests/PublicApi/Guardrails.Core.approved.txt";
    private const string Accept = "GUARDRAILS_ACCEPT_PUBLIC_API";

    /// <summary>Runs with <c>GUARDRAILS_ACCEPT_PUBLIC_API=1</c> accept what is there now.</summary>
    [Fact]
    public void Public_members_of_the_core_are_those_that_were_approved()
    {
        var root = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "GuardrailsRoot").Value!;
        var file = Path.Combine(root, Approved);
        var actual = PublicApiRenderer.Render(typeof(Organization).Assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(file, actual);
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (approved == actual) return;
        Assert.Fail(
            $"""
            The public API of Guardrails.Core is not the one that was approved. Public is only what cmdlets take or emit.
            If this is meant, run the test with {Accept}=1 and commit {Approved}.
            {string.Join('\n', Differences(approved, actual))}
            """);
    }

    [Fact]
    public void The_difference_names_the_type_of_a_member() =>
        Assert.Equal(["- class A: x", "+ class A: y", "+ class B"], Differences("class A\n    x\n", "class A\n    y\nclass B\n"));

    private static IEnumerable<string> Differences(string approved, string actual)
    {
        var before = Lines(approved);
        var after = Lines(actual);
        return before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line));
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var type = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == ' ') lines.Add($"{type}: {line.Trim()}");
            else lines.Add(type = line);
        }
        return lines;
    }
}
