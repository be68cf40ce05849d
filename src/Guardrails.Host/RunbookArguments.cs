using System.Collections;
using System.Management.Automation;

namespace Guardrails.Host;

/// <summary>A runbook's arguments, ready to be splatted.</summary>
/// <param name="Named">Those given as <c>-Name:value</c>.</param>
/// <param name="Rest">All others, in their order; names of parameters among them are marked.</param>
internal sealed record RunbookArguments(Hashtable Named, object[] Rest)
{
    public static RunbookArguments From(IEnumerable<string> arguments)
    {
        var named = new Hashtable(StringComparer.OrdinalIgnoreCase);
        var rest = new List<object>();
        foreach (var text in arguments)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (text.Length < 2 || text[0] != '-' || !char.IsLetter(text[1])) rest.Add(text);
            else if (colon < 0) rest.Add(ParameterName(text));
            else named[text[1..colon]] = Value(text[(colon + 1)..]);
        }
        return new RunbookArguments(named, [.. rest]);
    }

    // As pwsh -File takes them: no other text can be a switch's value.
    private static object Value(string text) => text.ToUpperInvariant() switch { "$TRUE" => true, "$FALSE" => false, _ => text };

    /// <summary>As the engine itself keeps a parameter's name in <c>$args</c>: with a mark, so that splatting binds it.</summary>
    private static PSObject ParameterName(string text)
    {
        var marked = new PSObject(text);
        marked.Properties.Add(new PSNoteProperty("<CommandParameterName>", text[1..]));
        return marked;
    }
}
