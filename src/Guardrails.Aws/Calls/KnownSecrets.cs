using Amazon.Runtime;

namespace Guardrails.Aws;

/// <summary>The secrets that this connection sent, so that they can be taken out of what AWS says about them.</summary>
internal sealed class KnownSecrets
{
    private readonly Lock _lock = new();
    private readonly List<string> _secrets = [];

    public void Remember(ImmutableCredentials credentials)
    {
        lock (_lock)
        {
            foreach (var secret in new[] { credentials.SecretKey, credentials.Token })
                if (!string.IsNullOrEmpty(secret) && !_secrets.Contains(secret)) _secrets.Add(secret);
        }
    }

    public string Redact(string text)
    {
        // Signature errors quote the canonical request, session token included.
        var canonical = text.IndexOf("The Canonical String", StringComparison.OrdinalIgnoreCase);
        if (canonical >= 0) text = text[..canonical].TrimEnd();
        lock (_lock)
        {
            foreach (var secret in _secrets) text = text.Replace(secret, "(hidden)", StringComparison.Ordinal);
        }
        return text;
    }
}

/// <summary>Credentials of any kind that tell <see cref="KnownSecrets"/> what they hand out.</summary>
internal sealed class WatchedCredentials(AWSCredentials source, KnownSecrets secrets) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() => Watched(source.GetCredentials());

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => Watched(await source.GetCredentialsAsync());

    private ImmutableCredentials Watched(ImmutableCredentials credentials)
    {
        secrets.Remember(credentials);
        return credentials;
    }
}
