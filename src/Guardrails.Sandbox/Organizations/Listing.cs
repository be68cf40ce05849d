using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>
/// Pages of a listing. A token names the last item given and is bound to the organization, the operation and its arguments; it stays good
/// when items come and go. As in AWS, a page may be empty and carry a token all the same.
/// </summary>
internal static class Listing
{
    /// <param name="operation">The listing's name.</param>
    /// <param name="member">The response's member for the items.</param>
    /// <param name="items">All that could be listed, in order.</param>
    /// <param name="show">An item as the response has it.</param>
    /// <param name="where">Which of the items belong to the listing; null: all.</param>
    public static JsonObject Page<T>(
        CallContext call, JsonObject input, string operation, string member, OrderedList<T> items, Func<T, JsonNode> show, Func<T, bool>? where = null)
        where T : Entity
    {
        var size = Math.Min(input.NumberOrNull("MaxResults") ?? call.Quotas.PageSize, call.Quotas.PageSize);
        var listing = Name(call.State, operation, input);
        var (after, wasEmpty) = Start(listing, input.TextOrNull("NextToken"));
        var page = new JsonArray();
        var last = after;
        var index = items.FirstAfter(after);
        for (; index < items.Count && page.Count < size; index++)
        {
            if (where is not null && !where(items[index])) continue;
            page.Add(show(items[index]));
            last = items[index].Sequence;
        }
        while (where is not null && index < items.Count && !where(items[index])) index++;
        if (index == items.Count) return new JsonObject { [member] = page };
        if (!wasEmpty && IsEmpty(call.State, listing, after)) return Answer(member, [], Token(listing, after, empty: true));
        return Answer(member, page, Token(listing, last, empty: false));
    }

    private static JsonObject Answer(string member, JsonArray page, string token) => new() { [member] = page, ["NextToken"] = token };

    private static bool IsEmpty(OrganizationState state, string listing, long after)
    {
        if (state.Behavior.EmptyPageEvery <= 0) return false;
        return IdSource.Mix(IdSource.Hash(listing) ^ (ulong)after) % (ulong)state.Behavior.EmptyPageEvery == 0;
    }

    /// <summary>Everything that makes it this listing and no other.</summary>
    private static string Name(OrganizationState state, string operation, JsonObject input)
    {
        var name = new StringBuilder().Append(state.Ids.Seed).Append('|').Append(state.Organization?.Id).Append('|').Append(operation);
        foreach (var (key, value) in input.OrderBy(member => member.Key, StringComparer.Ordinal))
            if (key is not ("NextToken" or "MaxResults")) name.Append('|').Append(key).Append('=').Append(value?.ToJsonString());
        return name.ToString();
    }

    private static string Token(string listing, long after, bool empty)
    {
        var position = string.Create(CultureInfo.InvariantCulture, $"{after}{(empty ? "e" : "n")}");
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{position}.{IdSource.Hash(listing + position):x16}"));
    }

    private static (long After, bool WasEmpty) Start(string listing, string? token)
    {
        if (token is null) return (0, false);
        if (Base64Url.IsValid(token))
        {
            var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token));
            var dot = text.IndexOf('.', StringComparison.Ordinal);
            if (dot > 1 && long.TryParse(text.AsSpan(0, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var after)
                && Token(listing, after, text[dot - 1] == 'e') == token)
                return (after, text[dot - 1] == 'e');
        }
        throw Errors.Input(
            "INVALID_NEXT_TOKEN",
            "You specified an invalid value for NextToken. Get the token from the response of the previous call of the same listing.");
    }
}
