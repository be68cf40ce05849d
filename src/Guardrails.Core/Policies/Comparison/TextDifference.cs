namespace Guardrails;

/// <summary>The difference of two texts, line by line.</summary>
internal static class TextDifference
{
    private const int Around = 3;

    /// <summary>Lines that are in both begin with a blank, others with - and +. Only those near a difference are there; none for equal texts.</summary>
    public static IReadOnlyList<string> Lines(string before, string after)
    {
        var (old, now) = (Split(before), Split(after));
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--) common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        var lines = new List<string>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                lines.Add("  " + old[i++]);
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1])) lines.Add("- " + old[i++]);
            else lines.Add("+ " + now[j++]);
        }
        return [.. lines.Where((_, at) => Enumerable.Range(at - Around, 2 * Around + 1).Any(near => near >= 0 && near < lines.Count && lines[near][0] != ' '))];
    }

    private static string[] Split(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
