using System.Collections;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Tags and contacts as PowerShell gives them, a hashtable or an object from JSON, as the cells that a row of a file would have.</summary>
internal static class RequestValues
{
    /// <summary>The members of a dictionary, or of an object such as ConvertFrom-Json gives; null for anything else.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Members(object? value) => value switch
    {
        _ when Plain(value) is IDictionary dictionary => Entries(dictionary),
        PSObject { BaseObject: PSCustomObject } custom => custom.Properties.Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)),
        _ => null,
    };

    /// <summary>A cell for each field of each contact.</summary>
    /// <exception cref="FormatException">A type or a field is not one, or a contact has no fields.</exception>
    public static IEnumerable<KeyValuePair<string, string>> ContactCells(object? contacts)
    {
        foreach (var (type, value) in Members(contacts) ?? [])
        {
            foreach (var (field, text) in Members(value) ?? throw new FormatException($"The contact '{type}' is no hashtable with Name, Title, Email and Phone."))
            {
                var column = $"Contact:{type}:{field}";
                if (!AccountSettingCells.IsContactColumn(column))
                    throw new FormatException($"There is no '{field}' of a contact '{type}'; contacts are Billing, Operations and Security, each with Name, Title, Email and Phone.");
                yield return new(column, Text(text));
            }
        }
    }

    public static object? Plain(object? value) => value is PSObject { BaseObject: var inner } ? inner : value;

    public static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";

    // Only a dictionary's own enumerator gives DictionaryEntry for each kind of dictionary.
    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) yield return new(Text(entry.Key), entry.Value);
    }
}
