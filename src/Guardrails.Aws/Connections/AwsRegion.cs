using System.Text.RegularExpressions;
using Amazon.Runtime.CredentialManagement;

namespace Guardrails.Aws;

/// <summary>Which AWS Region a connection uses. Organizations has one endpoint per partition, which the Region decides.</summary>
internal static partial class AwsRegion
{
    /// <summary>The parameter's, else the profile's, else <c>AWS_REGION</c>'s, else <c>AWS_DEFAULT_REGION</c>'s. There is no default.</summary>
    /// <exception cref="CloudException">There is none, or it is not a Region's name.</exception>
    public static string Find(string? asked, CredentialProfile? profile)
    {
        var region = asked ?? profile?.Region?.SystemName ?? AwsProfiles.Variable("AWS_REGION") ?? AwsProfiles.Variable("AWS_DEFAULT_REGION");
        if (string.IsNullOrWhiteSpace(region))
        {
            var looked = profile is null ? "" : $" Profile '{profile.Name}' names none.";
            throw new CloudException("connect", "NoRegion", "No AWS Region is given." + looked)
            {
                NextStep = "Give -Region, set region in the profile, or set the environment variable AWS_REGION. "
                    + "Any Region of the organization's partition will do, such as us-east-1.",
            };
        }
        if (!Name().IsMatch(region))
        {
            throw new CloudException("connect", "InvalidRegion", $"'{region}' is not the name of an AWS Region.")
            {
                NextStep = "Give a name such as us-east-1 or eu-central-1.",
            };
        }
        return region;
    }

    [GeneratedRegex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$")]
    private static partial Regex Name();
}
