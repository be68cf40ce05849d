namespace Guardrails;

/// <summary>How far two names are apart, to suggest what may have been meant.</summary>
internal static class NearNames
{
    /// <summary>How many changes are still near: one for each three characters, and at least one.</summary>
    public static int Limit(string name) => Math.Max(1, name.Length / 3);

    /// <summary>Characters to insert, remove or replace, in any case of letters (Levenshtein); 0 where one contains the other and it is not short.</summary>
    public static int Distance(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) >= 4 && (b.Contains(a, StringComparison.OrdinalIgnoreCase) || a.Contains(b, StringComparison.OrdinalIgnoreCase))) return 0;
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
