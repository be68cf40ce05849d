using System.Buffers;
using System.Text;

namespace Guardrails;

/// <param name="Field">The request's property that it is about.</param>
internal sealed record RequestFault(string Field, string Message);

/// <summary>What can be known to be wrong with a request without asking the cloud.</summary>
/// <remarks>Source: AWS Organizations API reference, CreateAccount and Tag (August 2026).</remarks>
internal static class AccountRequestCheck
{
    private const int LongestName = 50;
    private const int ShortestEmail = 6;
    private const int LongestEmail = 64;
    private const int LongestRoleName = 64;
    private const int MostTags = 50;
    private const int LongestTagKey = 128;
    private const int LongestTagValue = 256;
    private const string TagPunctuation = "_.:/=+-@";
    private static readonly SearchValues<char> RoleNameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-");

    /// <summary>Every fault, each saying which field and what to do; none for a request that can be sent.</summary>
    public static IReadOnlyList<RequestFault> Faults(AccountRequest request)
    {
        var faults = new List<RequestFault>();
        if (request.Name.Length is 0 or > LongestName) faults.Add(new("Name", $"Name has {request.Name.Length} characters; AWS takes 1 to {LongestName}."));
        if (request.Name.AsSpan().ContainsAnyExceptInRange(' ', '~')) faults.Add(new("Name", "Name has a character that AWS does not take; use printable ASCII only."));
        if (request.Email.Length is < ShortestEmail or > LongestEmail) faults.Add(new("Email", $"Email has {request.Email.Length} characters; AWS takes {ShortestEmail} to {LongestEmail}."));
        else if (!IsEmail(request.Email)) faults.Add(new("Email", $"Email '{request.Email}' is not an address that AWS takes: write name@domain, in ASCII and without spaces."));
        if (request.RoleName is { } role && (role.Length is 0 or > LongestRoleName || role.AsSpan().ContainsAnyExcept(RoleNameCharacters)))
            faults.Add(new("RoleName", $"RoleName '{role}' is not a role's name: 1 to {LongestRoleName} letters, digits and _+=,.@-"));
        if (OrganizationalUnitFault(request.OrganizationalUnit) is { } fault) faults.Add(fault);
        if (request.Tags.Count > 0) faults.AddRange(TagFaults(request.Tags));
        faults.AddRange(AccountSettingsCheck.Faults(request));
        return faults;
    }

    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == email.LastIndexOf('@') && email.IndexOf('.', at) > at + 1 && !email.EndsWith('.') && !email.AsSpan().ContainsAnyExceptInRange('!', '~');
    }

    private static RequestFault? OrganizationalUnitFault(string path)
    {
        if (!path.StartsWith('/')) return new("OrganizationalUnit", $"OrganizationalUnit '{path}' is not a path from the root; write /{path}.");
        if (!path.AsSpan().ContainsAny('*', '?') || OrganizationPath.Split(path).Select(OrganizationPath.Escape).SequenceEqual(OrganizationPath.Steps(path))) return null;
        return new("OrganizationalUnit", $"OrganizationalUnit '{path}' has a wildcard; an account goes to one place. A name that really holds such a character has a backtick before it.");
    }

    /// <summary>A tag of that key is AWS's own to set (Organizations user guide, tagging, read 2026-11-25).</summary>
    public static bool IsOfAws(string tagKey) => tagKey.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<RequestFault> TagFaults(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count >= MostTags) yield return new("Tags", $"Tags are {tags.Count}; AWS takes {MostTags} for an account, and one of them is this module's own.");
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > LongestTagKey) yield return new("Tags", $"The tag key '{key}' has {key.Length} characters; AWS takes 1 to {LongestTagKey}.");
            if (IsOfAws(key)) yield return new("Tags", $"The tag key '{key}' starts with aws:, which is AWS's own.");
            if (key == Ownership.TagKey) yield return new("Tags", $"The tag '{key}' is set by this module and not by a request.");
            if (OddCharacter(key) is { } inKey) yield return new("Tags", $"The tag key '{key}' holds '{inKey}'; AWS takes letters, digits, spaces and _.:/=+-@ only.");
            if (OddCharacter(value) is { } inValue) yield return new("Tags", $"The tag '{key}' has the value '{value}', which holds '{inValue}'; AWS takes letters, digits, spaces and _.:/=+-@ only.");
            if (value.Length > LongestTagValue) yield return new("Tags", $"The tag '{key}' has a value of {value.Length} characters; AWS takes at most {LongestTagValue}.");
        }
    }

    /// <summary>The first character that is not of AWS's pattern for tags, <c>[\p{L}\p{Z}\p{N}_.:/=+\-@]</c>.</summary>
    private static Rune? OddCharacter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsLetter(rune) && !Rune.IsNumber(rune) && !Rune.IsSeparator(rune) && !(rune.IsAscii && TagPunctuation.Contains((char)rune.Value))) return rune;
        return null;
    }
}
