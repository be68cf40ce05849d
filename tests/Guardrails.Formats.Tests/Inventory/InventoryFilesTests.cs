using System.IO.Compression;
using System.Text;
using Xunit;

namespace Guardrails.Formats.Tests;

public sealed class InventoryFilesTests : IDisposable
{
    private const string Template = """{"Resources":{"Jobs":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"jobs"}},"Worker":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"worker","Role":{"Ref":"Jobs"}}}}}""";
    private const string YamlTemplate = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n";
    private const string State = """{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","outputs":{},"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"jobs","provider":"p","instances":[{"attributes":{"id":"https://sqs.eu-west-1.amazonaws.com/111122223333/jobs","arn":"arn:aws:sqs:eu-west-1:111122223333:jobs"}}]}]}""";
    private const string Plan = """{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"new","values":{}}]}}}""";
    private const string Answer = """{"Count":{"Complete":true,"TotalResources":1},"Resources":[{"Arn":"arn:aws:sqs:eu-west-1:111122223333:jobs","OwningAccountId":"111122223333","Region":"eu-west-1","ResourceType":"sqs:queue","Properties":[{"Name":"tags","Data":[{"Key":"workload","Value":"shop"}]}]}],"ViewArn":"arn:aws:resource-explorer-2:eu-west-1:111122223333:view/all/x"}""";
    private const string Table = "ARN,Owning account ID,Region,Resource type,Tag: Workload\narn:aws:sqs:eu-west-1:111122223333:jobs,111122223333,eu-west-1,sqs:queue,shop\n";
    private const string Focus = "BillingPeriodStart,BillingCurrency,EffectiveCost,ResourceId,SubAccountId,RegionId,ProviderName\n2026-10-01 00:00:00,USD,1.25,arn:aws:sqs:eu-west-1:111122223333:jobs,111122223333,eu-west-1,AWS\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-inventory").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.json", Template, InventorySourceKind.Template, 2)]
    [InlineData("a.template", YamlTemplate, InventorySourceKind.Template, 1)]
    [InlineData("a.tfstate", State, InventorySourceKind.TerraformState, 1)]
    [InlineData("state.json", State, InventorySourceKind.TerraformState, 1)]
    [InlineData("plan", Plan, InventorySourceKind.TerraformPlan, 1)]
    [InlineData("search.json", Answer, InventorySourceKind.ResourceExport, 1)]
    [InlineData("list.json", """[{"Arn":"arn:aws:sqs:eu-west-1:111122223333:jobs"}]""", InventorySourceKind.ResourceExport, 1)]
    [InlineData("export.csv", Table, InventorySourceKind.ResourceExport, 1)]
    [InlineData("bill.csv", Focus, InventorySourceKind.Bill, 1)]
    [InlineData("bill.txt", Focus, InventorySourceKind.Bill, 1)]
    public void A_files_content_says_what_it_is(string name, string text, InventorySourceKind kind, int resources)
    {
        Write(name, text);
        var file = Assert.Single(Read(new InventoryPath(Path.Combine(_folder, name), name)));
        Assert.Equal((kind, resources), (file.Kind, file.Resources.Count));
        Assert.Empty(file.Gaps);
    }

    [Fact]
    public void The_same_queue_in_five_files_is_one()
    {
        Write("111122223333/eu-west-1/shop.json", Template);
        Write("shop.tfstate", State);
        Write("search.json", Answer);
        Write("export.csv", Table);
        Write("bill.csv", Focus);
        var merged = InventoryMerge.Merge(Read(), LockInFiles.Types(), LockInFiles.Facts().ClassOf);
        var queue = Assert.Single(merged.Resources, one => one.Type == "AWS::SQS::Queue");
        Assert.Equal(5, queue.Sources.Count);
        Assert.Equal(("shop", "Jobs", 1.25m, "111122223333"), (queue.Workload, queue.LogicalId, queue.MonthlyCost, queue.AccountId));
        Assert.Equal(queue.Key, Assert.Single(merged.Resources, one => one.LogicalId == "Worker").References.Single().Target);
    }

    [Fact]
    public void A_plan_that_a_console_wrote_in_UTF_16_is_read()
    {
        File.WriteAllText(Path.Combine(_folder, "plan.json"), Plan, Encoding.Unicode);
        Assert.Equal(InventorySourceKind.TerraformPlan, Assert.Single(Read(), file => file.Resources.Count == 1).Kind);
    }

    [Fact]
    public void A_compressed_bill_is_read()
    {
        using (var stream = new GZipStream(File.Create(Path.Combine(_folder, "bill.csv.gz")), CompressionMode.Compress)) stream.Write(Encoding.UTF8.GetBytes(Focus));
        Assert.Single(Assert.Single(Read()).Resources);
    }

    [Fact]
    public void A_bad_file_is_a_gap_and_the_others_are_read()
    {
        Write("a.json", """{"version":4,"serial":1,"resources":[""");
        Write("b.json", Template);
        Write("c.json", """{"name":"some-package"}""");
        Write("d.csv", "one,two\n1,2\n");
        Write("e.csv", "");
        Write("f.tfstate", """{"version":3,"serial":1,"modules":[]}""");
        Write("g.yaml", "a: [");
        File.WriteAllBytes(Path.Combine(_folder, "h.csv.gz"), [0x1F, 0x8B, 0, 0, 1, 2]);
        File.WriteAllBytes(Path.Combine(_folder, "i.json"), [0x7B, 0x22, 0x73, 0x65, 0x72, 0x69, 0x61, 0x6C, 0x22, 0x3A, 0x22, 0xC3, 0x28, 0x22, 0x7D]);
        var files = Read();
        Assert.Equal(9, files.Count);
        Assert.Equal(2, files.Sum(file => file.Resources.Count));
        Assert.Equal(["a.json:FailedCollector", "c.json:NotAnInventory", "d.csv:NotAnInventory", "e.csv:NotAnInventory", "f.tfstate:FailedCollector", "g.yaml:FailedCollector", "h.csv.gz:FailedCollector", "i.json:FailedCollector"],
            files.SelectMany(file => file.Gaps).Select(gap => $"{Path.GetFileName(gap.File)}:{gap.Kind}"));
        Assert.All(files.SelectMany(file => file.Gaps), gap => Assert.Contains(gap.File!, gap.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_has_its_files_in_order_without_tools_own_folders_and_without_circles()
    {
        Write("b.json", Template);
        Write("a/z.yaml", YamlTemplate);
        Write("a/notes.md", "# Notes");
        Write(".terraform/modules.json", "{}");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "circle"), _folder);
        Assert.Equal(["here/a/z.yaml", "here/b.json"], InventoryFiles.Find(_folder, "here").Select(path => path.Name.Replace('\\', '/')));
    }

    [Fact]
    public void More_threads_give_the_same_files_in_the_same_order()
    {
        for (var i = 0; i < 200; i++) Write($"{i:000}.json", Template.Replace("jobs", $"jobs{i}", StringComparison.Ordinal));
        var paths = InventoryFiles.Find(_folder, _folder);
        var most = 0;
        var files = InventoryFiles.Read(paths, Reading, 8, done => most = Math.Max(most, done), TestContext.Current.CancellationToken);
        Assert.Equal(paths.Select(path => path.Name), files.Select(file => file.File));
        Assert.Equal(200, most);
    }

    [Fact]
    public void A_file_that_another_program_holds_is_a_gap()
    {
        Write("a.json", Template);
        Write("b.json", Template.Replace("jobs", "other", StringComparison.Ordinal));
        using var held = new FileStream(Path.Combine(_folder, "a.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var files = Read();
        Assert.Equal(InventoryGapKind.FailedCollector, Assert.Single(files[0].Gaps).Kind);
        Assert.Equal(2, files[1].Resources.Count);
    }

    private static readonly InventoryReading Reading = new(LockInFiles.Types(), "Workload");

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private IReadOnlyList<InventoryFile> Read(params InventoryPath[] paths) =>
        InventoryFiles.Read(paths.Length > 0 ? paths : InventoryFiles.Find(_folder, _folder), Reading, 2, _ => { }, TestContext.Current.CancellationToken);
}
