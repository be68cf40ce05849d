using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Guardrails.AwsClients.Runtime;

/// <summary>
/// Pages of one listing: goes on while there is a token, through empty pages too. Like the official paginators it can be used once,
/// and it follows a token that never ends or repeats for as long as its consumer asks for pages.
/// </summary>
internal sealed class Paginator<TRequest, TResponse>(
    TRequest request,
    Func<TRequest, string?> token,
    Action<TRequest, string?> setToken,
    Func<TRequest, CancellationToken, Task<TResponse>> call,
    Func<TResponse, string?> next) : IPaginator<TResponse>
    where TRequest : AmazonWebServiceRequest
{
    private int _used;

    public IAsyncEnumerable<TResponse> PaginateAsync(CancellationToken cancellationToken = default) => Interlocked.Exchange(ref _used, 1) == 0
        ? Pages(cancellationToken)
        : throw new InvalidOperationException("Paginator has already been consumed and cannot be reused. Please create a new instance.");

    private async IAsyncEnumerable<TResponse> Pages([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PaginatorUtils.SetUserAgentAdditionOnRequest(request);
        var position = token(request);
        do
        {
            setToken(request, position);
            var response = await call(request, cancellationToken).ConfigureAwait(false);
            position = next(response);
            cancellationToken.ThrowIfCancellationRequested();
            yield return response;
        }
        while (!string.IsNullOrEmpty(position));
    }
}
