using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Policies such as organizations have: mostly service control policies, some resource control, tag and backup policies.</summary>
internal static class GeneratedPolicies
{
    /// <summary>At most this many of one type on one target, which leaves room for a rollout to try.</summary>
    private const int MostPerTarget = 3;

    private static readonly (string Name, string Description, string[] Actions)[] Denied =
    [
        ("protect-cloudtrail", "Keeps the organization trail running", ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail"]),
        ("protect-config", "Keeps AWS Config recording", ["config:StopConfigurationRecorder", "config:DeleteConfigurationRecorder"]),
        ("deny-leave-organization", "Member accounts stay in the organization", ["organizations:LeaveOrganization"]),
        ("protect-guardduty", "Keeps GuardDuty on", ["guardduty:DeleteDetector", "guardduty:DisassociateFromAdministratorAccount", "guardduty:UpdateDetector"]),
        ("deny-iam-users", "People sign in through IAM Identity Center", ["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile"]),
        ("protect-kms-keys", "Keys are not deleted by accident", ["kms:ScheduleKeyDeletion", "kms:DisableKey"]),
        ("protect-vpc-flow-logs", "Keeps flow logs", ["ec2:DeleteFlowLogs", "logs:DeleteLogGroup"]),
        ("deny-public-buckets", "Public access stays blocked", ["s3:PutAccountPublicAccessBlock", "s3:PutBucketPublicAccessBlock"]),
        ("protect-backups", "Backups cannot be removed", ["backup:DeleteBackupVault", "backup:DeleteRecoveryPoint"]),
        ("deny-internet-gateways", "Network comes from the network account", ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway"]),
    ];

    private static readonly string[] ResourceControlled = ["s3", "sqs", "kms", "secretsmanager", "sts"];

    /// <summary>The types that so many policies are of. Service control policies are on in any case.</summary>
    public static IEnumerable<string> TypesFor(int count) => Enumerable.Range(0, count).Select(TypeOf).Distinct(StringComparer.Ordinal);

    public static void Add(OrganizationState state, int count, DateTimeOffset time)
    {
        for (var number = 0; number < count; number++)
        {
            var type = TypeOf(number);
            var (name, description, content) = Document(type, number);
            var id = state.Unused(state.Ids.Policy);
            var policy = new PolicyEntity
            {
                Sequence = state.Ids.NextSequence(),
                Id = id,
                Arn = state.PolicyArn(type, id),
                Name = $"{name}-{number + 1}",
                Type = type,
                Description = description,
                Content = content.ToJsonString(),
                Updated = time,
            };
            state.Add(policy);
            Attach(state, policy, number);
        }
    }

    /// <summary>Of ten, seven are service control policies.</summary>
    private static string TypeOf(int number) => (number % 10) switch
    {
        7 => PolicyType.ResourceControl,
        8 => "TAG_POLICY",
        9 => "BACKUP_POLICY",
        _ => PolicyType.ServiceControl,
    };

    private static (string Name, string Description, JsonObject Content) Document(string type, int number) => type switch
    {
        PolicyType.ServiceControl => ServiceControl(number),
        PolicyType.ResourceControl => ResourceControl(ResourceControlled[number / 10 % ResourceControlled.Length]),
        "TAG_POLICY" => TagPolicy(number / 10),
        _ => Backup(number / 10),
    };

    private static (string, string, JsonObject) ServiceControl(int number)
    {
        var (name, description, actions) = Denied[number % Denied.Length];
        var exempt = new JsonObject { ["aws:PrincipalArn"] = "arn:aws:iam::*:role/PlatformTeam" };
        return (name, description, Policy(new JsonObject
        {
            ["Sid"] = "Guardrail",
            ["Effect"] = "Deny",
            ["Action"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
            ["Resource"] = "*",
            ["Condition"] = new JsonObject { ["ArnNotLike"] = exempt },
        }));
    }

    private static (string, string, JsonObject) ResourceControl(string service) =>
        ($"own-identities-{service}", $"{service} answers this organization only", Policy(OwnIdentities(service)));

    private static JsonObject OwnIdentities(string service) => new()
    {
        ["Sid"] = "OwnIdentities",
        ["Effect"] = "Deny",
        ["Principal"] = "*",
        ["Action"] = $"{service}:*",
        ["Resource"] = "*",
        ["Condition"] = new JsonObject
        {
            ["StringNotEqualsIfExists"] = new JsonObject { ["aws:PrincipalOrgID"] = "o-exampleorgid" },
            ["BoolIfExists"] = new JsonObject { ["aws:PrincipalIsAWSService"] = "false" },
        },
    };

    private static (string, string, JsonObject) TagPolicy(int number)
    {
        var key = ((string[])["CostCenter", "Owner", "DataClass"])[number % 3];
        return ($"tag-{key}", $"Spelling of {key}", new JsonObject
        {
            ["tags"] = new JsonObject { [key] = new JsonObject { ["tag_key"] = new JsonObject { ["@@assign"] = key } } },
        });
    }

    private static (string, string, JsonObject) Backup(int number) => ("backup-daily", "Daily backup of what is tagged for it", new JsonObject
    {
        ["plans"] = new JsonObject
        {
            [$"daily{number + 1}"] = new JsonObject
            {
                ["regions"] = new JsonObject { ["@@assign"] = new JsonArray("eu-central-1", "eu-west-1") },
                ["rules"] = new JsonObject
                {
                    ["daily"] = new JsonObject
                    {
                        ["schedule_expression"] = new JsonObject { ["@@assign"] = "cron(0 5 ? * * *)" },
                        ["target_backup_vault_name"] = new JsonObject { ["@@assign"] = "Default" },
                    },
                },
            },
        },
    });

    private static JsonObject Policy(JsonObject statement) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };

    /// <summary>The first goes to the root, one in eight nowhere (a draft), the others to one to three organizational units or accounts.</summary>
    private static void Attach(OrganizationState state, PolicyEntity policy, int number)
    {
        if (number == 0)
        {
            OrganizationState.Attach(policy, state.Root);
            return;
        }
        if (number % 8 == 5) return;
        for (var i = 0; i <= number % 3; i++)
        {
            var draw = GeneratedTree.Draw(state, "target", 4 * number + i);
            PolicyTarget target = state.Units.Count > 0 && draw % 5 != 0
                ? state.Units[(int)(draw % (ulong)state.Units.Count)]
                : state.Accounts[(int)(draw % (ulong)state.Accounts.Count)];
            if (target.Policies.Count(other => other.Type == policy.Type) < MostPerTarget && !policy.Targets.Contains(target))
                OrganizationState.Attach(policy, target);
        }
    }
}
