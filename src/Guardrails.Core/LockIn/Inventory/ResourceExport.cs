using System.Text.Json;

namespace Guardrails;

/// <summary>
/// Reads what AWS Resource Explorer finds: the answer of <c>aws resource-explorer-2 search</c> or <c>list-resources</c> in JSON, or a table
/// with the same columns, as the console exports it.
/// </summary>
/// <remarks>Source: AWS Resource Explorer API reference, Resource (November 2026): Arn, OwningAccountId, Region, ResourceType, Properties; newer answers name the CloudFormation type as well.</remarks>
internal sealed class ResourceExport(ResourceTypeCatalog types, string workloadTag)
{
    private readonly SortedDictionary<string, ResourceSighting> _resources = new(StringComparer.Ordinal);
    private int _withoutArn;

    public InventoryFile Finish(string file, string digest) => new()
    {
        File = file,
        Kind = InventorySourceKind.ResourceExport,
        ContentDigest = digest,
        Resources = [.. _resources.Values],
        Gaps = _withoutArn == 0 ? [] : [new InventoryGap { Kind = InventoryGapKind.FailedCollector, File = file, Message = $"{_withoutArn} of the resources in {file} have no ARN and are not counted." }],
    };

    public static bool IsExport(IEnumerable<string> header) => header.Any(name => BillColumns.Plain(name) is "arn" or "resourcearn");

    /// <summary>The items of an answer: <c>Resources</c> of the CLI, or a list of them.</summary>
    public void AddAnswer(JsonElement root)
    {
        foreach (var item in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : Json.Items(root, "Resources"))
            Add(Json.Text(item, "Arn"), Json.Text(item, "CfnResourceType"), Json.Text(item, "ResourceType"), Json.Text(item, "OwningAccountId"), Json.Text(item, "Region"), WorkloadOf(item));
    }

    /// <param name="cells">Name and text of each column of a row.</param>
    public void AddRow(IEnumerable<KeyValuePair<string, string>> cells)
    {
        string? arn = null, cfnType = null, type = null, account = null, region = null, workload = null;
        foreach (var (name, text) in cells)
        {
            if (text.Length == 0) continue;
            switch (BillColumns.Plain(name))
            {
                case "arn" or "resourcearn":
                    arn = text;
                    break;
                case "cfnresourcetype" or "cloudformationtype" or "cloudformationresourcetype":
                    cfnType = text;
                    break;
                case "resourcetype" or "type":
                    type = text;
                    break;
                case "owningaccountid" or "awsaccount" or "awsaccountid" or "account" or "accountid" or "owneraccountid":
                    account = text;
                    break;
                case "region" or "awsregion":
                    region = text;
                    break;
                case var tag when tag == "tag" + BillColumns.Plain(workloadTag):
                    workload = text;
                    break;
            }
        }
        Add(arn, cfnType, type, account, region, workload);
    }

    private void Add(string? arn, string? cfnType, string? type, string? account, string? region, string? workload)
    {
        if (Arn.Parse(arn) is not { } parsed)
        {
            _withoutArn++;
            return;
        }
        var resourceType = cfnType ?? (type?.Contains("::", StringComparison.Ordinal) == true ? type : null) ?? types.OfArn(parsed, null) ?? type ?? $"{parsed.Service}:{parsed.Resource.Split('/', ':')[0]}";
        // Pages of an answer may overlap.
        _resources[$"{resourceType} {arn}"] = new ResourceSighting
        {
            LocalId = $"{resourceType} {arn}",
            Type = resourceType,
            Arn = arn,
            AccountId = AccountIds.FromColumn(account),
            Region = AccountIds.IsRegion(region) ? region : null,
            Workload = workload,
        };
    }

    /// <summary>Tags are a property of the resource: a list of keys and values.</summary>
    private string? WorkloadOf(JsonElement item) =>
        Json.Items(item, "Properties").Where(property => string.Equals(Json.Text(property, "Name"), "tags", StringComparison.OrdinalIgnoreCase))
            .SelectMany(property => Json.Items(property, "Data"))
            .Where(tag => string.Equals(Json.Text(tag, "Key"), workloadTag, StringComparison.OrdinalIgnoreCase))
            .Select(tag => Json.Text(tag, "Value")).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
