using System.Diagnostics;
using System.Text;

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
        var documents = new List<(byte[] Content, string Type)>();
        foreach (var (name, type) in new[] { ("scp", PolicyTypes.ServiceControlPolicy), ("rcp", PolicyTypes.ResourceControlPolicy) })
        {
            var files = BenchmarkData.Shared("policies", name).Select(File.ReadAllBytes).ToList();
            if (files.Count == 0) files = [.. BenchmarkPolicies.Load(name, name == "scp" ? 57 : 23).Select(Encoding.UTF8.GetBytes)];
            documents.AddRange(files.Select(content => (content, type)));
        }
        figures.Note("documents", documents.Count);
        var (few, many) = figures.Smoke ? (10, 100) : (Few, Many);
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < (figures.Smoke ? TimeSpan.Zero : Warm)) Compile(documents, documents.Count);
        var all = Median(() => Compile(documents, documents.Count), figures.Smoke ? 1 : 4 * Rounds);
        figures.Budget("all-documents", all, 5, "ms");
        var fewTime = Median(() => Compile(documents, few), figures.Smoke ? 1 : Rounds);
        var manyTime = Median(() => Compile(documents, many), figures.Smoke ? 1 : Rounds);
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

    private static double Median(Action action, int rounds)
    {
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            action();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }
}
