using Amazon.Runtime.CredentialManagement;

namespace Guardrails.Aws;

/// <summary>The shared AWS files of this machine, as the SDK finds them, and the environment variables beside them.</summary>
internal static class AwsProfiles
{
    /// <summary>The profile asked for, or the one of <c>AWS_PROFILE</c>; null where neither names one.</summary>
    /// <exception cref="CloudException">There is no such profile.</exception>
    public static CredentialProfile? Find(string? asked)
    {
        // Keys in the environment come before AWS_PROFILE in the SDK's chain.
        if (asked is null && Variable("AWS_ACCESS_KEY_ID") is not null) return null;
        var named = asked ?? Variable("AWS_PROFILE");
        if (named is null) return null;
        if (new CredentialProfileStoreChain().TryGetProfile(named, out var profile)) return profile;
        throw Unknown(named, asked is null);
    }

    /// <summary>The profile that the SDK falls back to; null where there is none.</summary>
    public static CredentialProfile? Default() => new CredentialProfileStoreChain().TryGetProfile("default", out var profile) ? profile : null;

    /// <summary>True where the profile signs in through IAM Identity Center.</summary>
    public static bool IsSso(CredentialProfile? profile) => profile?.Options is { } o && (o.SsoSession is not null || o.SsoStartUrl is not null);

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static CloudException Unknown(string name, bool fromVariable)
    {
        var file = new SharedCredentialsFile();
        var known = new CredentialProfileStoreChain().ListProfiles().Select(p => p.Name).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        var there = known.Count == 0 ? "They hold no profile." : $"They hold: {string.Join(", ", known)}.";
        var (from, config) = (fromVariable ? " (from AWS_PROFILE)" : "", file.ConfigFilePath ?? SharedCredentialsFile.DefaultConfigFilePath);
        return new("connect", "UnknownProfile", $"There is no profile '{name}'{from} in {config} or {file.FilePath}. {there}")
        {
            NextStep = known.Count == 0 ? "Make one with: aws configure sso" : "Use one of these, or make one with: aws configure sso",
        };
    }
}
