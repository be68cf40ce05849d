using System.Text.RegularExpressions;

namespace Guardrails;

/// <summary>What can be known to be wrong with requested contacts, Regions and access without asking the cloud.</summary>
/// <remarks>Source: API models of AWS Account Management (PutAlternateContact, EnableRegion) and of SSO Admin (PermissionSet), August 2026.</remarks>
internal static partial class AccountSettingsCheck
{
    private const int LongestContactName = 64;
    private const int LongestContactTitle = 50;
    private const int LongestContactEmail = 254;
    private const int LongestPhone = 25;
    private const int LongestPrincipal = 1024;

    public static IEnumerable<RequestFault> Faults(AccountRequest request) => request.Contacts.Count + request.Regions.Count + request.Access.Count == 0 ? []
        : request.Contacts.SelectMany(contact => ContactFaults(contact.Key, contact.Value)).Concat(RegionFaults(request.Regions)).Concat(AccessFaults(request.Access));

    private static IEnumerable<RequestFault> ContactFaults(AlternateContactType type, AlternateContact contact)
    {
        string Field(string name) => $"Contact:{type}:{name}";
        foreach (var (name, value, longest) in new[]
        {
            ("Name", contact.Name, LongestContactName), ("Title", contact.Title, LongestContactTitle),
            ("Email", contact.Email, LongestContactEmail), ("Phone", contact.Phone, LongestPhone),
        })
        {
            if (value.Length == 0) yield return new(Field(name), $"{Field(name)} is missing; AWS takes a contact only with name, title, email and phone.");
            else if (value.Length > longest) yield return new(Field(name), $"{Field(name)} has {value.Length} characters; AWS takes 1 to {longest}.");
        }
        if (contact.Email.Length > 0 && !Email().IsMatch(contact.Email)) yield return new(Field("Email"), $"{Field("Email")} '{contact.Email}' is not an address that AWS takes.");
        if (contact.Phone.Length > 0 && !Phone().IsMatch(contact.Phone)) yield return new(Field("Phone"), $"{Field("Phone")} '{contact.Phone}' is not a number that AWS takes: digits, blanks and ()+- only.");
    }

    private static IEnumerable<RequestFault> RegionFaults(IReadOnlyList<string> regions)
    {
        foreach (var region in regions.Where(region => !Region().IsMatch(region))) yield return new("Regions", $"Regions: '{region}' is not the name of an AWS Region; write eu-central-2.");
        foreach (var twice in regions.GroupBy(region => region, StringComparer.Ordinal).Where(group => group.Count() > 1)) yield return new("Regions", $"Regions: '{twice.Key}' is given twice.");
    }

    private static IEnumerable<RequestFault> AccessFaults(IReadOnlyList<AccountAccess> access)
    {
        foreach (var one in access)
        {
            if (!PermissionSet().IsMatch(one.PermissionSet)) yield return new("Access", $"Access: '{one.PermissionSet}' is not a permission set's name: 1 to 32 letters, digits and _+=,.@-");
            if (one.Principal.Length is 0 or > LongestPrincipal) yield return new("Access", $"Access: '{one}' names no group or user of 1 to {LongestPrincipal} characters.");
        }
        foreach (var twice in access.GroupBy(one => one).Where(group => group.Count() > 1)) yield return new("Access", $"Access: '{twice.Key}' is given twice.");
    }

    [GeneratedRegex(@"\A[\w+=.#|!&-]+@[\w.-]+\.[\w]+\z", RegexOptions.ECMAScript)]
    private static partial Regex Email();

    [GeneratedRegex(@"\A[\s0-9()+-]+\z", RegexOptions.ECMAScript)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\A[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"\A[\w+=,.@-]{1,32}\z", RegexOptions.ECMAScript)]
    private static partial Regex PermissionSet();
}
