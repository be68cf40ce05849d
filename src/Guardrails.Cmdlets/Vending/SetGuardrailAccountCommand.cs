using System.Collections;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Changes accounts: their tags.</summary>
/// <remarks>Only what differs is written. Tags that are not named stay as they are.</remarks>
/// <example>
/// <title>Tag accounts</title>
/// <code>Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse | Set-GuardrailAccount -Tags @{ Owner = 'shop-team@example.com' } -RemoveTag Contact</code>
/// </example>
[Cmdlet(VerbsCommon.Set, "GuardrailAccount", SupportsShouldProcess = true)]
[OutputType(typeof(ChangeResult))]
public sealed class SetGuardrailAccountCommand : ChangingCmdlet
{
    /// <summary>The account: its path, name, id or ARN, or an account object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity Account { get; set; } = null!;

    /// <summary>Tags to set.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Tags { get; set; } = [];

    /// <summary>Keys of tags to take away.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[] RemoveTag { get; set; } = [];

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
        try
        {
            var account = organization.ResolveAccount(Account);
            var now = await Connected.Cloud.Organization.ReadTagsAsync(account.Id, scope);
            var wanted = Tags.Cast<DictionaryEntry>().ToDictionary(tag => Text(tag.Key), tag => Text(tag.Value), StringComparer.Ordinal);
            var set = wanted.Where(tag => now.GetValueOrDefault(tag.Key) != tag.Value).ToDictionary(StringComparer.Ordinal);
            var replaced = now.Where(tag => set.ContainsKey(tag.Key) || (RemoveTag.Contains(tag.Key) && !wanted.ContainsKey(tag.Key))).ToDictionary(StringComparer.Ordinal);
            if (set.Count == 0 && replaced.Count == 0) return;
            var change = AccountChanges.Tag($"{AccountChanges.KindName}:{account.Path} <{account.Email}>", account, replaced, set);
            await ProposeAsync(change, $"account {account.Id} '{account.Path}'", ActionOf(set, replaced.Keys.Where(key => !set.ContainsKey(key))));
        }
        catch (Exception e) when (e is IdentityNotFoundException or AmbiguousIdentityException)
        {
            Report(Errors.Describe(e, Account));
        }
    }

    private static string ActionOf(Dictionary<string, string> set, IEnumerable<string> removed) =>
        string.Join(", ", set.Select(tag => $"tag {tag.Key}={tag.Value}").Concat(removed.Select(key => $"remove tag {key}")));

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";
}
