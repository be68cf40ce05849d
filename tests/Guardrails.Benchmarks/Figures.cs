using System.Diagnostics;
using System.Globalization;

namespace Guardrails.Benchmarks;

/// <summary>Prints figures, one a line. A bar is a ratio that must hold; a budget is a bare time or size, printed and watched.</summary>
internal sealed class Figures(string benchmark, bool smoke, TextWriter output)
{
    /// <summary>A tiny size, to see that the benchmark runs: nothing is judged.</summary>
    public bool Smoke => smoke;

    public bool AnyShort { get; private set; }

    public void Bar(string figure, double value, double atMost)
    {
        var held = value <= atMost;
        AnyShort |= !held && !smoke;
        Line(figure, value, "bar", atMost, smoke ? "smoke" : held ? "ok" : "short");
    }

    public void Budget(string figure, double value, double atMost, string unit) => Line($"{figure}-{unit}", value, "budget", atMost, null);

    /// <summary>The median of the milliseconds that an action takes.</summary>
    public static double Median(Action action, int rounds)
    {
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            action();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return Median(times);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    public void Note(string figure, double value) => output.WriteLine($"{benchmark}.{figure} = {Text(value)}");

    private void Line(string figure, double value, string kind, double atMost, string? verdict) =>
        output.WriteLine($"{benchmark}.{figure} = {Text(value)} ({kind} ≤ {Text(atMost)}){(verdict is null ? "" : " " + verdict)}");

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
