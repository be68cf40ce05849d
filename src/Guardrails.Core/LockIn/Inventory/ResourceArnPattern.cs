namespace Guardrails;

/// <summary>The form of a type's ARN, from its service on, as <see cref="ResourceTypeFacts.Arn"/> says.</summary>
internal sealed class ResourceArnPattern
{
    private static readonly string[] Tokens = ["{id}", "{id*}", "{path}", "*", "?"];

    private readonly List<string> _resource;

    private ResourceArnPattern(string service, bool hasRegion, bool hasAccount, List<string> resource) =>
        (Service, HasRegion, HasAccount, _resource) = (service, hasRegion, hasAccount, resource);

    public string Service { get; }
    public bool HasRegion { get; }
    public bool HasAccount { get; }

    /// <summary>How many of its characters are what they are: of two patterns that match, the one with more says more.</summary>
    public int Literals => _resource.Where(part => !Tokens.Contains(part)).Sum(part => part.Length);

    /// <summary>Why a text is no pattern; null where it is one.</summary>
    public static string? Flaw(string text)
    {
        var parts = text.Split(':', 4);
        if (parts.Length < 4) return $"'{text}' needs service, Region, account and resource, such as sqs:{{region}}:{{account}}:{{id}}.";
        if (parts[1] is not ("" or "{region}") || parts[2] is not ("" or "{account}"))
            return $"in '{text}' the place of the Region holds {{region}} or nothing, that of the account {{account}} or nothing.";
        return Parts(parts[3]).Count(IsId) == 1 ? null : $"the resource of '{text}' holds {{id}} or {{id*}} once.";
    }

    /// <exception cref="FormatException">It is not of the form of a pattern; the message says why.</exception>
    public static ResourceArnPattern Parse(string text)
    {
        if (Flaw(text) is { } flaw) throw new FormatException(flaw);
        var parts = text.Split(':', 4);
        return new ResourceArnPattern(parts[0], parts[1].Length > 0, parts[2].Length > 0, Parts(parts[3]));
    }

    /// <summary>The id in an ARN of this form; null where the ARN has another form.</summary>
    public string? IdOf(Arn arn)
    {
        if (arn.Service != Service) return null;
        string? id = null;
        return Match(0, arn.Resource, ref id) ? id : null;
    }

    /// <summary>An id as it stands in ARNs: the slash with which the name of a parameter begins is there that of the ARN.</summary>
    public string Trim(string id) => _resource.FindIndex(IsId) is > 0 and var at && _resource[at - 1].EndsWith('/') ? id.TrimStart('/') : id;

    private static List<string> Parts(string resource)
    {
        var parts = new List<string>();
        while (resource.Length > 0)
        {
            var token = Tokens.FirstOrDefault(token => resource.StartsWith(token, StringComparison.Ordinal));
            var end = token?.Length ?? Tokens.Select(token => resource.IndexOf(token, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(resource.Length).Min();
            parts.Add(resource[..end]);
            resource = resource[end..];
        }
        return parts;
    }

    private static bool IsId(string part) => part is "{id}" or "{id*}";

    private bool Match(int at, ReadOnlySpan<char> text, ref string? id)
    {
        if (at == _resource.Count) return text.IsEmpty;
        var part = _resource[at];
        switch (part)
        {
            case "?":
                return !text.IsEmpty && Match(at + 1, text[1..], ref id);
            case "{id}" or "{id*}" or "{path}" or "*":
                for (var length = text.Length; length >= (IsId(part) ? 1 : 0); length--)
                {
                    if (!Allows(part, text[..length]) || !Match(at + 1, text[length..], ref id)) continue;
                    if (IsId(part)) id = text[..length].ToString();
                    return true;
                }
                return false;
            default:
                return text.StartsWith(part, StringComparison.Ordinal) && Match(at + 1, text[part.Length..], ref id);
        }
    }

    private static bool Allows(string part, ReadOnlySpan<char> text) => part switch
    {
        "{id}" => text.IndexOfAny('/', ':') < 0,
        "{path}" => text.IsEmpty || text[^1] == '/',
        _ => true,
    };
}

/// <summary>The parts of an ARN. Region and account are empty where it has none.</summary>
internal readonly record struct Arn(string Service, string Region, string Account, string Resource)
{
    /// <summary>
    /// An ARN of any partition; null where the text is none. The partition's name is not checked, because samples of bills have scrambled ones.
    /// A log group's <c>:*</c> at the end is left off: it is the same group.
    /// </summary>
    public static Arn? Parse(string? text)
    {
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal)) return null;
        var parts = text.Split(':', 6);
        if (parts.Length < 6 || parts[1].Length == 0 || parts[2].Length == 0 || parts[5].Length == 0) return null;
        var resource = parts[5].EndsWith(":*", StringComparison.Ordinal) ? parts[5][..^2] : parts[5];
        return new Arn(parts[2], parts[3], AccountIds.IsId(parts[4]) ? parts[4] : "", resource);
    }
}
