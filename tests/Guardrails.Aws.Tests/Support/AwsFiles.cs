[assembly: AssemblyFixture(typeof(Guardrails.Aws.Tests.AwsFiles))]

namespace Guardrails.Aws.Tests;

/// <summary>The shared AWS files of this test process, so that those of the machine play no part.</summary>
public sealed class AwsFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-aws-").FullName;

    public AwsFiles()
    {
        var config = Path.Combine(_folder, "config");
        var credentials = Path.Combine(_folder, "credentials");
        File.WriteAllText(config, """
            [profile audit]
            region = eu-central-1

            [profile no-region]
            aws_access_key_id = AKIANOREGION
            aws_secret_access_key = secret-of-no-region

            [profile sign-in]
            sso_start_url = https://example.awsapps.com/start
            sso_region = eu-central-1
            sso_account_id = 111111111111
            sso_role_name = Auditor
            region = eu-central-1

            [profile session]
            sso_session = company
            sso_account_id = 111111111111
            sso_role_name = Auditor
            region = eu-central-1

            [sso-session company]
            sso_start_url = https://example.awsapps.com/start
            sso_region = eu-central-1
            sso_registration_scopes = sso:account:access

            [profile empty]
            region = eu-central-1

            """);
        File.WriteAllText(credentials, """
            [audit]
            aws_access_key_id = AKIAAUDIT
            aws_secret_access_key = secret-of-audit

            """);
        foreach (var name in new[] { "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL" })
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", config);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", credentials);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
