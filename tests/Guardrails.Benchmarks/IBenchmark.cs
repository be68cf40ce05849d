namespace Guardrails.Benchmarks;

/// <summary>One benchmark. It prepares its own data and takes at most two minutes; with <see cref="Figures.Smoke"/> a few seconds, on a tiny size.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Summary { get; }

    /// <param name="folder">An empty folder, removed afterwards.</param>
    Task RunAsync(Figures figures, string folder);
}
