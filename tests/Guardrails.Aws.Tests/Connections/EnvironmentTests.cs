namespace Guardrails.Aws.Tests;

/// <summary>What the environment says. The variables are the process's, so nothing else runs meanwhile.</summary>
[Collection("environment")]
public sealed class EnvironmentTests : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    [Theory]
    [InlineData("AWS_REGION")]
    [InlineData("AWS_DEFAULT_REGION")]
    public async Task The_Region_comes_from_the_environment_where_the_profile_names_none(string variable)
    {
        Set(variable, "ap-south-1");
        Assert.Equal("ap-south-1", (await ConnectAsync("no-region")).Connection.Region);
        Assert.Equal("eu-central-1", (await ConnectAsync("audit")).Connection.Region);
    }

    [Fact]
    public async Task AWS_PROFILE_stands_for_the_profile()
    {
        Set("AWS_PROFILE", "audit");
        var (connection, aws) = await ConnectAsync(null);
        Assert.Equal(("audit", "eu-central-1"), (connection.Profile, connection.Region));
        Assert.Contains("AKIAAUDIT/", Authorization(aws), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_AWS_PROFILE_is_named_with_its_variable()
    {
        Set("AWS_PROFILE", "nowhere");
        var e = await Assert.ThrowsAsync<CloudException>(() => ConnectAsync(null));
        Assert.Equal("UnknownProfile", e.Code);
        Assert.Contains("'nowhere' (from AWS_PROFILE)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_in_the_environment_are_used_also_beside_an_unknown_AWS_PROFILE_but_not_instead_of_a_profile_asked_for()
    {
        Set("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
        Set("AWS_SECRET_ACCESS_KEY", "secret-of-environment");
        Set("AWS_PROFILE", "nowhere");
        Set("AWS_REGION", "us-east-1");
        var (connection, aws) = await ConnectAsync(null);
        Assert.Null(connection.Profile);
        Assert.Contains("AKIAENVIRONMENT/", Authorization(aws), StringComparison.Ordinal);
        Assert.Contains("AKIAAUDIT/", Authorization((await ConnectAsync("audit")).Aws), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_AWS_PROFILE_does_not_disturb_a_sandbox()
    {
        Set("AWS_PROFILE", "nowhere");
        var connection = await new ScriptedAws().ConnectAsync();
        Assert.Null(connection.Profile);
    }

    [Fact]
    public async Task An_endpoint_of_the_environment_does_not_divert_a_sandbox()
    {
        Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        var aws = new ScriptedAws();
        await aws.ConnectAsync();
        Assert.All(aws.Calls, c => Assert.EndsWith("amazonaws.com", c.Request.RequestUri!.Host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_search_for_credentials_ends_where_a_metadata_service_never_answers()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        Set("AWS_EC2_METADATA_DISABLED", null);
        Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", $"http://{silent.LocalEndpoint}");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var e = await Assert.ThrowsAsync<CloudException>(() => AwsCloud.ConnectAsync(
            new() { Region = "us-east-1", Handler = () => new ScriptedAws(), Calls = new() { CredentialTimeout = TimeSpan.FromMilliseconds(700) } }, ScriptedAws.Scope()));
        Assert.Equal("NoCredentials", e.Code);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    private static async Task<(GuardrailConnection Connection, ScriptedAws Aws)> ConnectAsync(string? profile)
    {
        var aws = new ScriptedAws();
        return (await AwsCloud.ConnectAsync(new() { Profile = profile, Handler = () => aws, Clock = new SteppingClock() }, ScriptedAws.Scope()), aws);
    }

    private static string Authorization(ScriptedAws aws) => aws.Calls.First().Request.Headers.GetValues("Authorization").Single();
}

/// <summary>Keeps the environment's tests apart from all others.</summary>
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EnvironmentDefinition;
