using System.Threading.Channels;

namespace Guardrails;

/// <summary>Work for each item of a stream, all at once, with the results as they come.</summary>
internal static class AsEnded
{
    /// <summary>Reads the stream to its end whatever happens to the reader of the results, and waits for all work.</summary>
    /// <param name="work">Gives one result, or null for none. It runs beside the others; what it throws ends the stream of results.</param>
    public static async IAsyncEnumerable<TResult> Of<T, TResult>(IAsyncEnumerable<T> items, Func<T, Task<TResult?>> work) where TResult : class
    {
        var results = Channel.CreateUnbounded<TResult>();
        var running = RunAllAsync();
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None)) yield return result;
        }
        finally
        {
            await running;
        }

        async Task RunAllAsync()
        {
            var working = new List<Task>();
            try
            {
                await foreach (var item in items) working.Add(WorkAsync(item));
            }
            finally
            {
                try
                {
                    await Task.WhenAll(working);
                }
                finally
                {
                    results.Writer.Complete();
                }
            }
        }

        async Task WorkAsync(T item)
        {
            if (await work(item) is { } result) await results.Writer.WriteAsync(result, CancellationToken.None);
        }
    }
}
