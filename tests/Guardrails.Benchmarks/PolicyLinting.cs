using System.Diagnostics;
using System.Reflection;

namespace Guardrails.Benchmarks;

/// <summary>Reads and lints the public policies, and ten thousand of them.</summary>
internal sealed class PolicyLinting : IBenchmark
{
    private const int Few = 1_000;
    private const int Many = 10_000;
    private const int Rounds = 7;

    public string Name => "policy-lint";

    public string Summary => "reading and linting policy documents: all of the shared data, and how the time grows to 10,000";

    public Task RunAsync(Figures figures, string folder)
    {
        var documents = BenchmarkPolicies.Documents();
        figures.Note("documents", documents.Count);
        var watch = Stopwatch.StartNew();
        var lint = Load();
        figures.Note("reading-the-data-ms", watch.Elapsed.TotalMilliseconds);
        var (few, many) = figures.Smoke ? (10, 100) : (Few, Many);
        for (var warm = 0; warm < (figures.Smoke ? 1 : 100); warm++) Check(lint, documents, documents.Count);
        figures.Budget("all-documents", Figures.Median(() => Check(lint, documents, documents.Count), figures.Smoke ? 1 : 4 * Rounds), 20, "ms");
        var fewTime = Figures.Median(() => Check(lint, documents, few), figures.Smoke ? 1 : Rounds);
        var manyTime = Figures.Median(() => Check(lint, documents, many), figures.Smoke ? 1 : Rounds);
        figures.Bar("time-for-ten-times-the-policies", manyTime / fewTime, 12);
        figures.Note("policies", many);
        figures.Budget("policies", manyTime, 2500, "ms");
        return Task.CompletedTask;
    }

    private static PolicyLint Load()
    {
        var root = typeof(PolicyLinting).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;
        FileStream Open(params string[] file) => File.OpenRead(Path.Combine([root, "module", "data", .. file]));
        using var facts = Open("policies", "lint.json");
        using var actions = Open("policies", "actions.json");
        using var quotas = Open("quotas.json");
        var read = LintFacts.Read(facts);
        return new(ActionCatalog.Read(actions, read.ConditionKeys), PolicyLimits.Read(quotas), read, RuleSelection.All);
    }

    private static void Check(PolicyLint lint, List<(byte[] Content, string Type)> documents, int count)
    {
        var findings = 0;
        for (var i = 0; i < count; i++)
        {
            var (content, type) = documents[i % documents.Count];
            findings += lint.Check(PolicyReader.Read(content, type)).Count;
        }
        GC.KeepAlive(findings);
    }
}
