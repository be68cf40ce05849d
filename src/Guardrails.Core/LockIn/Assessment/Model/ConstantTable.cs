namespace Guardrails;

/// <summary>
/// The model's constants by number, in the order of their names, and their draws. A draw depends on seed, name and its own number only: the
/// same constant has the same draws whatever else is measured, and the levels of one scale have draws that keep their order.
/// </summary>
internal sealed class ConstantTable
{
    private readonly LockInConstant[] _constants;
    private readonly Dictionary<string, int> _index;
    private readonly double[]?[] _draws;
    private readonly long _seed;

    public ConstantTable(IReadOnlyDictionary<string, LockInConstant> constants, long seed, int draws)
    {
        _constants = [.. constants.Values.OrderBy(constant => constant.Name, StringComparer.Ordinal)];
        _index = _constants.Select((constant, i) => (constant.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        _draws = new double[]?[_constants.Length];
        _seed = seed;
        DrawCount = draws;
    }

    public int DrawCount { get; }

    public int Count => _constants.Length;

    public LockInConstant this[int index] => _constants[index];

    /// <exception cref="MissingConstantException">There is none of that name: nothing is taken for zero that is not known.</exception>
    public int Index(string name) =>
        _index.TryGetValue(name, out var index) ? index : throw new MissingConstantException($"The data of the model has no constant '{name}'.");

    public int? Find(string name) => _index.TryGetValue(name, out var index) ? index : null;

    /// <summary>The draws of a constant, in its unit.</summary>
    public double[] Draws(int index)
    {
        if (_draws[index] is { } known) return known;
        var constant = _constants[index];
        var key = Randomness.Key(_seed, LockInNames.DrawnAs(constant.Name));
        var values = new double[DrawCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = Randomness.Triangular((double)constant.Low, (double)constant.Likely, (double)constant.High, Randomness.Uniform(key, i));
        return _draws[index] = values;
    }
}

/// <summary>The model's data lacks something that the model cannot do without.</summary>
internal sealed class MissingConstantException(string message) : Exception(message);
