namespace Guardrails;

/// <summary>An axis: where a value lies between 0 and 1. Values that are far apart and all above nought lie by their magnitude.</summary>
internal sealed class Scale
{
    private const double FarApart = 30;

    private readonly double _from;
    private readonly double _to;
    private readonly bool _byMagnitude;

    private Scale(double from, double to, bool byMagnitude, IReadOnlyList<double> ticks)
    {
        _from = from;
        _to = to;
        _byMagnitude = byMagnitude;
        Ticks = ticks;
    }

    /// <summary>Round values, from small to large.</summary>
    public IReadOnlyList<double> Ticks { get; }

    public static Scale Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        if (all.Count == 0) return new Scale(0, 1, false, [0]);
        var (least, most) = (all.Min(), all.Max());
        if (least > 0 && most / least > FarApart)
        {
            var (low, high) = (Math.Pow(10, Math.Floor(Math.Log10(least))), Math.Pow(10, Math.Ceiling(Math.Log10(most))));
            var decades = (int)Math.Round(Math.Log10(high / low));
            var every = Math.Max(1, (decades + 4) / 5);
            return new Scale(low, high, true, [.. Enumerable.Range(0, decades / every + 1).Select(i => low * Math.Pow(10, i * every))]);
        }
        var from = Math.Min(0, least);
        var to = Math.Max(0, most);
        if (to == from) to = from + 1;
        var step = RoundStep((to - from) / 4);
        from = Math.Floor(from / step) * step;
        to = Math.Ceiling(to / step) * step;
        return new Scale(from, to, false, [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => from + i * step)]);
    }

    public double Share(double value) => _byMagnitude ? Math.Log(value / _from) / Math.Log(_to / _from) : (value - _from) / (_to - _from);

    public double Value(double share) => _byMagnitude ? _from * Math.Pow(_to / _from, share) : _from + share * (_to - _from);

    private static double RoundStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
