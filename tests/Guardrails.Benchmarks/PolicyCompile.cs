using System.Diagnostics;

namespace Guardrails.Benchmarks;

/// <summary>Reads and compiles the public policies, and ten thousand of them.</summary>
internal sealed class PolicyCompile : IBenchmark
{
    private const int Few = 1_000;
    private const int Many = 10_000;
    private const int Rounds = 7;

    /// <summary>Until the runtime has compiled it all for good.</summary>
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    public string Name => "policy-compile";

    public string Summary => "reading and compiling policy documents: all of the shared data, and how the time grows to 10,000";

    public Task RunAsync(Figures figures, string folder)
    {
        var documents = BenchmarkPolicies.Documents();
        figures.Note("documents", documents.Count);
        var (few, many) = figures.Smoke ? (10, 100) : (Few, Many);
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < (figures.Smoke ? TimeSpan.Zero : Warm)) Compile(documents, documents.Count);
        var all = Figures.Median(() => Compile(documents, documents.Count), figures.Smoke ? 1 : 4 * Rounds);
        figures.Budget("all-documents", all, 5, "ms");
        var fewTime = Figures.Median(() => Compile(documents, few), figures.Smoke ? 1 : Rounds);
        var manyTime = Figures.Median(() => Compile(documents, many), figures.Smoke ? 1 : Rounds);
        figures.Bar("time-for-ten-times-the-policies", manyTime / fewTime, 12);
        figures.Note("policies", many);
        figures.Budget("policies", manyTime, 1000, "ms");
        return Task.CompletedTask;
    }

    private static void Compile(List<(byte[] Content, string Type)> documents, int count)
    {
        var keys = new KeyTable();
        var statements = 0;
        for (var i = 0; i < count; i++)
        {
            var (content, type) = documents[i % documents.Count];
            statements += PolicyCompiler.Compile(PolicyReader.Read(content, type), "p", "p", keys).Statements.Length;
        }
        GC.KeepAlive(statements);
    }
}
