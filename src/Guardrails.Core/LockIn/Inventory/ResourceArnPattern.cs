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

    /// <exception cref="FormatException">It is not of the form of a pattern; the message says why.</exception>
    public static ResourceArnPattern Parse(string text)
    {
        var parts = text.Split(':', 4);
        if (parts.Length < 4) throw new FormatException($"'{text}' is no pattern of an ARN: it needs service, Region, account and resource, such as sqs:{{region}}:{{account}}:{{id}}.");
        if (parts[1] is not ("" or "{region}") || parts[2] is not ("" or "{account}"))
            throw new FormatException($"'{text}' is no pattern of an ARN: in the place of the Region is {{region}} or nothing, in that of the account {{account}} or nothing.");
        var resource = new List<string>();
        for (var rest = parts[3]; rest.Length > 0;)
        {
            var token = Tokens.FirstOrDefault(token => rest.StartsWith(token, StringComparison.Ordinal));
            var end = token?.Length ?? Tokens.Select(token => rest.IndexOf(token, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(rest.Length).Min();
            resource.Add(rest[..end]);
            rest = rest[end..];
        }
        if (resource.Count(IsId) != 1) throw new FormatException($"'{text}' is no pattern of an ARN: its resource holds {{id}} or {{id*}} once.");
        return new ResourceArnPattern(parts[0], parts[1].Length > 0, parts[2].Length > 0, resource);
    }

    /// <summary>The id in an ARN of this form; null where the ARN has another form.</summary>
    public string? IdOf(Arn arn)
    {
        if (arn.Service != Service) return null;
        string? id = null;
        return Match(0, arn.Resource, ref id) ? id : null;
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
