namespace Guardrails.Tests;

/// <summary>Types and files of a small stack, as four kinds of sources show it.</summary>
internal static class InventorySamples
{
    public const string OwnAccount = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string Region = "eu-west-1";

    public static ResourceTypeCatalog Types { get; } = new(
        [
            new() { Type = "AWS::SQS::Queue", Arn = "sqs:{region}:{account}:{id}", NameProperty = "QueueName" },
            new() { Type = "AWS::S3::Bucket", Arn = "s3:::{id}", NameProperty = "BucketName", BillNames = ["AmazonS3", "bucket"] },
            new() { Type = "AWS::IAM::Role", Arn = "iam::{account}:role/{path}{id}", NameProperty = "RoleName" },
            new() { Type = "AWS::Lambda::Function", Arn = "lambda:{region}:{account}:function:{id}", NameProperty = "FunctionName" },
            new() { Type = "AWS::Serverless::Function", SameAs = "AWS::Lambda::Function" },
            new() { Type = "AWS::Logs::LogGroup", Arn = "logs:{region}:{account}:log-group:{id*}" },
            new() { Type = "AWS::Logs::LogStream", Arn = "logs:{region}:{account}:log-group:*:log-stream:{id*}" },
            new() { Type = "AWS::ElasticLoadBalancingV2::LoadBalancer", Arn = "elasticloadbalancing:{region}:{account}:loadbalancer/{id*}" },
            new() { Type = "AWS::EC2::Volume", Arn = "ec2:{region}:{account}:volume/{id}", IdPrefix = "vol-", BillNames = ["volume"] },
            new() { Type = "AWS::ApiGateway::RestApi", Arn = "apigateway:{region}::/restapis/{id}" },
            new() { Type = "AWS::SecretsManager::Secret", Arn = "secretsmanager:{region}:{account}:secret:{id*}-??????" },
            new() { Type = "AWS::AutoScaling::AutoScalingGroup", Arn = "autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/{id}" },
            new() { Type = "AWS::SSM::Parameter", Arn = "ssm:{region}:{account}:parameter/{id*}", NameProperty = "Name" },
            new() { Type = "AWS::RDS::DBCluster", Arn = "rds:{region}:{account}:cluster:{id}", BillNames = ["AmazonRDS"] },
            new() { Type = "AWS::DocDB::DBCluster", Arn = "rds:{region}:{account}:cluster:{id}", BillNames = ["AmazonDocDB"] },
        ],
        [new("aws_sqs_queue", "AWS::SQS::Queue"), new("aws_s3_bucket", "AWS::S3::Bucket")]);

    public static MergedInventory Merge(params IEnumerable<InventoryFile> files) =>
        InventoryMerge.Merge(files, Types, (_, target) => target.StartsWith("AWS::SQS", StringComparison.Ordinal) ? EdgeClass.Eventing : EdgeClass.Unclassified);

    public static InventoryFile File(string name, InventorySourceKind kind, params ResourceSighting[] resources) =>
        new() { File = name, Kind = kind, ContentDigest = name, Resources = resources };

    public static ResourceSighting Sighting(string local, string type, params string[] references) =>
        new() { LocalId = local, Type = type, LogicalId = local, References = [.. references.Select(target => new SightedReference(target))] };

    /// <summary>A queue, its function and a bucket: in a template, a state, an export and a bill.</summary>
    public static InventoryFile[] FourSources =>
    [
        File("shop.yaml", InventorySourceKind.Template,
            Sighting("Jobs", "AWS::SQS::Queue") with { PhysicalId = "jobs" },
            Sighting("Worker", "AWS::Serverless::Function", "Jobs", "Files") with { PhysicalId = "worker", Traits = TemplateTraits.CloudFormation },
            Sighting("Files", "AWS::S3::Bucket") with { PhysicalId = "shop-files" }) with { AccountId = OwnAccount, Region = Region },
        File("shop.tfstate", InventorySourceKind.TerraformState,
            Sighting("aws_sqs_queue.jobs", "AWS::SQS::Queue") with { Arn = $"arn:aws:sqs:{Region}:{OwnAccount}:jobs", PhysicalId = $"https://sqs.{Region}.amazonaws.com/{OwnAccount}/jobs", Traits = TemplateTraits.Terraform },
            Sighting("aws_lambda_function.worker", "AWS::Lambda::Function", "aws_sqs_queue.jobs") with { Arn = $"arn:aws:lambda:{Region}:{OwnAccount}:function:worker", PhysicalId = "worker" },
            Sighting("aws_s3_bucket.files", "AWS::S3::Bucket") with { Arn = "arn:aws:s3:::shop-files", PhysicalId = "shop-files" }),
        File("export.csv", InventorySourceKind.ResourceExport,
            Exported($"arn:aws:sqs:{Region}:{OwnAccount}:jobs", "AWS::SQS::Queue"),
            Exported($"arn:aws:lambda:{Region}:{OwnAccount}:function:worker", "AWS::Lambda::Function"),
            Exported("arn:aws:s3:::shop-files", "AWS::S3::Bucket")),
        File("bill.csv", InventorySourceKind.Bill,
            Billed($"arn:aws:sqs:{Region}:{OwnAccount}:jobs", "AWS::SQS::Queue", 3m),
            Billed($"arn:aws:lambda:{Region}:{OwnAccount}:function:worker", "AWS::Lambda::Function", 12.5m),
            Billed("shop-files", "AWS::S3::Bucket", 0m) with { Arn = null, PhysicalId = "shop-files", DataGigabytes = 250 }) with { BillFormat = "FOCUS" },
    ];

    public static ResourceSighting Exported(string arn, string type) => new() { LocalId = arn, Type = type, Arn = arn, AccountId = OwnAccount, Region = Region };

    public static ResourceSighting Billed(string arn, string type, decimal cost, params DateOnly[] periods) => new()
    {
        LocalId = arn,
        Type = type,
        Arn = arn,
        AccountId = OwnAccount,
        Region = Region,
        Currency = "USD",
        Costs = (periods.Length == 0 ? [new DateOnly(2026, 10, 1)] : periods).ToDictionary(period => period, _ => cost),
    };

    /// <summary>Everything that an inventory says, as text: two inventories are the same where these are.</summary>
    public static string Text(MergedInventory inventory) => string.Join('\n',
        inventory.Resources.Select(one => string.Join('|', one.Key, one.Type, one.Variant, one.AccountId, one.Region, one.Arn, one.PhysicalId, one.LogicalId, one.Stack, one.Workload,
            string.Join(',', one.References), one.MonthlyCost, one.Currency, one.DataGigabytes, one.Traits, one.IsMatched, string.Join(',', one.Sources)))
        .Concat(inventory.Gaps.Select(gap => $"{gap.Kind}|{gap.File}|{gap.Count}|{gap.MonthlyCost}|{gap.Message}")));
}
