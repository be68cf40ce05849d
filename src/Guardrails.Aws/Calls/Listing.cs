namespace Guardrails.Aws;

/// <summary>Reads listings page by page, each page a call of its own that is repeated on its own.</summary>
internal static class Listing
{
    /// <summary>Empty pages with a token are normal with AWS; so many in a row are not.</summary>
    public const int MostPagesWithoutNews = 100;

    /// <param name="page">One page from a token on; null for the first.</param>
    /// <param name="take">Takes what is on the page, says how much of it was new, and whether to go on.</param>
    /// <exception cref="CloudException">With code <c>EndlessListing</c>: a token came again, or no page brings anything new.</exception>
    public static async Task ReadAsync<TPage>(
        AwsCaller caller, string operation, Func<string?, CancellationToken, Task<TPage>> page, Func<TPage, string?> next,
        Func<TPage, (int News, bool GoOn)> take, CallScope scope, bool urgent = false)
    {
        var read = AwsOperation.Read(operation);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var withoutNews = 0;
        string? token = null;
        while (true)
        {
            var from = token;
            var answer = await caller.CallAsync(read, cancel => page(from, cancel), scope, urgent || from is not null);
            var (news, goOn) = take(answer);
            token = next(answer);
            if (!goOn || string.IsNullOrEmpty(token)) return;
            withoutNews = news > 0 ? 0 : withoutNews + 1;
            if (!seen.Add(token)) throw Endless(operation, "AWS gave a page token a second time");
            if (withoutNews >= MostPagesWithoutNews) throw Endless(operation, $"{withoutNews} pages in a row brought nothing new");
        }
    }

    /// <summary>Every item of a listing.</summary>
    public static async Task<List<TItem>> AllAsync<TPage, TItem>(
        AwsCaller caller, string operation, Func<string?, CancellationToken, Task<TPage>> page, Func<TPage, string?> next,
        Func<TPage, List<TItem>?> items, Func<TItem, string> key, CallScope scope)
    {
        var all = new List<TItem>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await ReadAsync(caller, operation, page, next, answer =>
        {
            var before = all.Count;
            foreach (var item in items(answer) ?? [])
                if (keys.Add(key(item))) all.Add(item);
            return (all.Count - before, true);
        }, scope);
        return all;
    }

    private static CloudException Endless(string operation, string what) => new(operation, "EndlessListing", $"The listing does not end: {what}.")
    {
        NextStep = "Try again later; if it stays, report it to AWS with the operation's name.",
    };
}
