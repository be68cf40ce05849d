using System.Buffers;
using System.Text;

namespace Guardrails;

/// <summary>
/// Paths of names from the organization's root: <c>/Workloads/Prod/shop</c>. AWS lets a name hold any character, so within a path
/// a backtick (PowerShell's own escape) stands before <c>/ * ? [ ]</c> and before a backtick: an account named <c>a/b</c> in the
/// root has the path <c>/a`/b</c>. A path that this module wrote is therefore also a pattern that matches just itself.
/// </summary>
public static class OrganizationPath
{
    /// <summary>The root's path.</summary>
    public const string Root = "/";

    private static readonly SearchValues<char> Special = SearchValues.Create("/*?[]`");

    /// <summary>A name as one step of a path.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.AsSpan().ContainsAny(Special)) return name;
        var escaped = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (Special.Contains(c)) escaped.Append('`');
            escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>The name that a step of a path stands for. A backtick at the very end stands for itself.</summary>
    public static string Unescape(string step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (!step.Contains('`', StringComparison.Ordinal)) return step;
        var name = new StringBuilder(step.Length);
        for (var i = 0; i < step.Length; i++)
            name.Append(step[i] == '`' && i + 1 < step.Length ? step[++i] : step[i]);
        return name.ToString();
    }

    /// <summary>The path of something with that name below a parent.</summary>
    public static string Join(string parent, string name) => parent == Root ? Root + Escape(name) : parent + "/" + Escape(name);

    /// <summary>The path one step up; the root is its own parent.</summary>
    public static string Parent(string path)
    {
        var slash = LastSlash(path);
        return slash <= 0 ? Root : path[..slash];
    }

    /// <summary>The last step's name, unescaped; empty for the root.</summary>
    public static string Name(string path) => Unescape(path[(LastSlash(path) + 1)..]);

    /// <summary>The names from the root down, unescaped. Leading, trailing and doubled slashes count for nothing.</summary>
    public static IReadOnlyList<string> Split(string path) => [.. Steps(path).Select(Unescape)];

    /// <summary>The steps as written, still escaped.</summary>
    internal static IReadOnlyList<string> Steps(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var steps = new List<string>();
        var start = 0;
        for (var i = 0; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] == '`') { i++; continue; }
            if (i < path.Length && path[i] != '/') continue;
            if (i > start) steps.Add(path[start..i]);
            start = i + 1;
        }
        if (start < path.Length) steps.Add(path[start..]);
        return steps;
    }

    /// <summary>
    /// The path as the module itself writes it: a leading slash, single slashes, and a backtick before what needs one. Wildcards lose
    /// their meaning: they become part of the names.
    /// </summary>
    internal static string Canonical(string path) => Root + string.Join('/', Steps(path).Select(step => Escape(Unescape(step))));

    /// <summary>Parents directly before what they hold, in any case of letters; the case only decides between names that are equal without it.</summary>
    internal static IComparer<string> TreeOrder { get; } = Comparer<string>.Create(static (a, b) =>
    {
        var common = Math.Min(a.Length, b.Length);
        for (var i = 0; i < common; i++)
        {
            if (a[i] == b[i]) continue;
            var order = Rank(a[i]) - Rank(b[i]);
            if (order != 0) return order;
        }
        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b);
    });

    internal static int CompareObjects(string path, string id, string otherPath, string otherId)
    {
        var order = TreeOrder.Compare(path, otherPath);
        return order != 0 ? order : string.CompareOrdinal(id, otherId);
    }

    private static int Rank(char c) => c == '/' ? -1 : char.ToUpperInvariant(c);

    private static int LastSlash(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var last = -1;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '`') i++;
            else if (path[i] == '/') last = i;
        }
        return last;
    }
}
