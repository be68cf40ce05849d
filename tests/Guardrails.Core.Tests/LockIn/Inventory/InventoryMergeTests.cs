using CsCheck;
using Xunit;
using static Guardrails.Tests.InventorySamples;

namespace Guardrails.Tests;

public sealed class InventoryMergeTests
{
    [Fact]
    public void A_resource_seen_in_template_state_export_and_bill_counts_once()
    {
        var inventory = Merge(FourSources);
        Assert.Equal(["AWS::Lambda::Function/111122223333/eu-west-1/worker", "AWS::S3::Bucket///shop-files", "AWS::SQS::Queue/111122223333/eu-west-1/jobs"], inventory.Resources.Select(one => one.Key));
        Assert.All(inventory.Resources, one => Assert.Equal(4, one.Sources.Count));
        var worker = inventory.Resources[0];
        Assert.Equal("AWS::Lambda::Function", worker.Type);
        Assert.Equal("Worker", worker.LogicalId);
        Assert.Equal("shop", worker.Stack);
        Assert.Equal(12.5m, worker.MonthlyCost);
        Assert.Equal([new ResourceReference("AWS::S3::Bucket///shop-files", EdgeClass.Unclassified), new ResourceReference("AWS::SQS::Queue/111122223333/eu-west-1/jobs", EdgeClass.Eventing)], worker.References);
        Assert.Equal((0m, 250d), (inventory.Resources[1].MonthlyCost, inventory.Resources[1].DataGigabytes));
        Assert.Equal(TemplateTraits.Terraform, inventory.Resources[2].Traits);
        Assert.All(inventory.Resources, one => Assert.True(one.IsMatched && one.AccountId == OwnAccount && one.Region == Region));
        Assert.Empty(inventory.Gaps);
    }

    [Fact]
    public void The_order_of_files_and_of_their_resources_changes_nothing()
    {
        var files = FourSources.Concat(Stacks).ToArray();
        var expected = Text(Merge(files));
        Gen.Shuffle(files).SelectMany(shuffled => Gen.Int[0, 1000].Select(turn => shuffled.Select(file => Turned(file, turn)).ToArray()))
            .Sample(shuffled => Text(Merge(shuffled)) == expected, iter: 300);
    }

    [Fact]
    public void A_subset_of_the_sources_never_has_what_all_of_them_do_not()
    {
        var files = FourSources.Concat(Stacks).ToArray();
        var all = Merge(files);
        var resources = all.Resources.Select(one => one.Key).ToHashSet();
        var edges = Edges(all).ToHashSet();
        Gen.Bool.Array[files.Length].Sample(taken =>
        {
            var some = Merge(files.Where((_, at) => taken[at]));
            return some.Resources.All(one => resources.Contains(one.Key)) && Edges(some).All(edges.Contains);
        }, iter: 300);
    }

    [Fact]
    public void A_file_that_is_there_twice_changes_nothing()
    {
        var files = FourSources.Concat(Stacks).ToArray();
        var once = Merge(files);
        Gen.Int[0, files.Length - 1].Sample(copied =>
        {
            var twice = Merge(files.Append(files[copied] with { File = "zz-copy", Gaps = [] }));
            return Text(twice with { Gaps = [] }) == Text(once with { Gaps = [] }) && twice.Gaps.Count(gap => gap.Kind == InventoryGapKind.DuplicateFile) == 1;
        });
    }

    [Fact]
    public void The_same_template_in_the_folders_of_two_accounts_is_two_deployments()
    {
        var template = File("shop.yaml", InventorySourceKind.Template, Sighting("Jobs", "AWS::SQS::Queue") with { PhysicalId = "jobs" }, Sighting("Worker", "AWS::Lambda::Function", "Jobs"));
        var inventory = Merge(template with { AccountId = OwnAccount, File = "a/shop.yaml" }, template with { AccountId = OtherAccount, File = "b/shop.yaml" });
        Assert.Equal(4, inventory.Resources.Count);
        Assert.All(inventory.Resources.Where(one => one.LogicalId == "Worker"), one => Assert.Equal(one.AccountId, inventory.Resources.Single(other => other.Key == one.References.Single().Target).AccountId));
        Assert.DoesNotContain(inventory.Gaps, gap => gap.Kind == InventoryGapKind.DuplicateFile);
    }

    [Fact]
    public void The_same_template_in_the_folders_of_two_Regions_is_two_deployments_too()
    {
        var template = File("shop.yaml", InventorySourceKind.Template, Sighting("Jobs", "AWS::SQS::Queue") with { PhysicalId = "jobs" }, Sighting("Worker", "AWS::Lambda::Function", "Jobs")) with { AccountId = OwnAccount };
        var (here, there) = (template with { Region = Region, File = "a/shop.yaml" }, template with { Region = "us-east-1", File = "b/shop.yaml" });
        var inventory = Merge(here, there, here with { File = "c/shop.yaml" });
        Assert.Equal([Region, "us-east-1"], inventory.Resources.Where(one => one.LogicalId == "Jobs").Select(one => one.Region));
        Assert.All(inventory.Resources.Where(one => one.LogicalId == "Worker"), one => Assert.Equal(one.Region, inventory.Resources.Single(other => other.Key == one.References.Single().Target).Region));
        Assert.Equal((4, 1), (inventory.Resources.Count, inventory.Gaps.Count(gap => gap.Kind == InventoryGapKind.DuplicateFile)));
        // A bill says its Regions itself: in two folders it is the same money.
        var bill = FourSources[3];
        Assert.Equal(Merge(bill).Resources.Select(one => one.MonthlyCost), Merge(bill with { Region = Region }, bill with { Region = "us-east-1", File = "b.csv" }).Resources.Select(one => one.MonthlyCost));
    }

    [Fact]
    public void A_bill_in_the_folders_of_two_accounts_is_one_bill()
    {
        var bill = FourSources[3];
        var once = Merge(bill);
        var twice = Merge(bill with { AccountId = OwnAccount }, bill with { AccountId = OtherAccount, File = "b/bill.csv" });
        Assert.Equal(once.Resources.Select(one => one.MonthlyCost), twice.Resources.Select(one => one.MonthlyCost));
    }

    [Fact]
    public void Logical_resources_stay_apart_and_are_counted()
    {
        var inventory = Merge(
            File("a.yaml", InventorySourceKind.Template, Sighting("Jobs", "AWS::SQS::Queue")) with { AccountId = OwnAccount },
            File("b.yaml", InventorySourceKind.Template, Sighting("Jobs", "AWS::SQS::Queue")));
        Assert.Equal(2, inventory.Resources.Count);
        Assert.All(inventory.Resources, one => Assert.False(one.IsMatched));
        Assert.Equal([(InventoryGapKind.NoAccount, 1), (InventoryGapKind.OnlyLogical, 2)], inventory.Gaps.Select(gap => (gap.Kind, gap.Count)));
    }

    [Fact]
    public void An_import_leads_to_the_export_of_another_file_of_the_same_account()
    {
        var network = File("network.yaml", InventorySourceKind.Template, Sighting("Jobs", "AWS::SQS::Queue")) with { AccountId = OwnAccount, Exports = [new("network-jobs", "Jobs")] };
        var shop = File("shop.yaml", InventorySourceKind.Template, Sighting("Worker", "AWS::Lambda::Function") with { References = [new("network-jobs", IsImport: true)] });
        var found = Merge(network, shop with { AccountId = OwnAccount });
        Assert.Equal("AWS::SQS::Queue/111122223333//file:network.yaml/Jobs", found.Resources.Single(one => one.LogicalId == "Worker").References.Single().Target);
        var elsewhere = Merge(network, shop with { AccountId = OtherAccount });
        Assert.Empty(elsewhere.Resources.Single(one => one.LogicalId == "Worker").References);
        Assert.Equal(1, elsewhere.Gaps.Single(gap => gap.Kind == InventoryGapKind.UnresolvedReference).Count);
    }

    [Fact]
    public void A_resource_does_not_refer_to_itself_when_two_sightings_become_one()
    {
        var inventory = Merge(File("a.yaml", InventorySourceKind.Template,
            Sighting("One", "AWS::S3::Bucket", "Two", "One") with { PhysicalId = "same" }, Sighting("Two", "AWS::S3::Bucket") with { PhysicalId = "same" }));
        Assert.Empty(Assert.Single(inventory.Resources).References);
    }

    [Fact]
    public void Cost_is_spread_over_all_months_of_which_the_account_has_a_bill()
    {
        DateOnly september = new(2026, 9, 1), october = new(2026, 10, 1);
        var inventory = Merge(
            File("a.csv", InventorySourceKind.Bill, Billed("arn:aws:sqs:eu-west-1:111122223333:old", "AWS::SQS::Queue", 8m, september)) with { BillFormat = "FOCUS" },
            File("b.csv", InventorySourceKind.Bill, Billed("arn:aws:sqs:eu-west-1:111122223333:jobs", "AWS::SQS::Queue", 5m, september, october)) with { BillFormat = "FOCUS" },
            File("c.csv", InventorySourceKind.Bill, Billed("arn:aws:sqs:eu-west-1:111122223333:jobs", "AWS::SQS::Queue", 3m, october)) with
            {
                BillFormat = "FOCUS",
                Unattributed = [new(OwnAccount, september, "USD", 20m, 2), new(OwnAccount, october, "USD", 10m, 1)],
            },
            File("d.csv", InventorySourceKind.Bill, Billed("arn:aws:sqs:eu-west-1:111122223333:jobs", "AWS::SQS::Queue", 8m, october)) with { BillFormat = "CUR" });
        Assert.Equal([6.5m, 4m], inventory.Resources.Select(one => one.MonthlyCost));
        var gap = inventory.Gaps.Single(gap => gap.Kind == InventoryGapKind.UnattributedCost);
        Assert.Equal((15m, 3), (gap.MonthlyCost, gap.Count));
    }

    [Fact]
    public void Without_a_bill_the_cost_is_unknown_and_not_nothing() =>
        Assert.Null(Assert.Single(Merge(File("a.yaml", InventorySourceKind.Template, Sighting("Jobs", "AWS::SQS::Queue"))).Resources).MonthlyCost);

    [Fact]
    public void Accounts_give_their_names_and_leave_out_what_is_of_others()
    {
        var inventory = Merge(
            File("a.tfstate", InventorySourceKind.TerraformState,
                Sighting("worker", "AWS::Lambda::Function", "jobs", "theirs") with { Arn = "arn:aws:lambda:eu-west-1:111122223333:function:worker" },
                Sighting("jobs", "AWS::SQS::Queue") with { Arn = "arn:aws:sqs:eu-west-1:111122223333:jobs" },
                Sighting("theirs", "AWS::SQS::Queue") with { Arn = "arn:aws:sqs:eu-west-1:444455556666:theirs" }),
            File("b.yaml", InventorySourceKind.Template, Sighting("Loose", "AWS::SQS::Queue")),
            File("c.yaml", InventorySourceKind.Template, Sighting("Theirs", "AWS::SQS::Queue")) with { AccountId = OtherAccount },
            File("d.csv", InventorySourceKind.Bill) with { Unattributed = [new(OwnAccount, new(2026, 10, 1), "USD", 1m, 1), new(OtherAccount, new(2026, 10, 1), "USD", 9m, 1)] });
        var account = new Account { Id = OwnAccount, Arn = "", Name = "shop", Email = "", State = AccountState.Active, ParentId = "", Path = "/Workloads/shop" };
        var kept = InventoryMerge.Of(inventory, new Dictionary<string, Account?> { [OwnAccount] = account });
        Assert.Equal(["Loose", "jobs", "worker"], kept.Resources.Select(one => one.LogicalId!).Order(StringComparer.Ordinal));
        var worker = kept.Resources.Single(one => one.LogicalId == "worker");
        Assert.Equal(("shop", "/Workloads", 1), (worker.AccountName, worker.OrganizationalUnit, worker.References.Count));
        Assert.Null(kept.Resources.Single(one => one.LogicalId == "Loose").AccountName);
        Assert.Equal(1, kept.Gaps.Single(gap => gap.Kind == InventoryGapKind.UnresolvedReference).Count);
        Assert.Equal(1m, kept.Gaps.Single(gap => gap.Kind == InventoryGapKind.UnattributedCost).MonthlyCost);
        Assert.Equal((2, 1), (inventory.Gaps.Single(gap => gap.Kind == InventoryGapKind.OnlyLogical).Count, kept.Gaps.Single(gap => gap.Kind == InventoryGapKind.OnlyLogical).Count));
    }

    private static IEnumerable<(string, ResourceReference)> Edges(MergedInventory inventory) =>
        inventory.Resources.SelectMany(one => one.References.Select(reference => (one.Key, reference)));

    private static InventoryFile Turned(InventoryFile file, int turn)
    {
        var count = file.Resources.Count;
        return count == 0 ? file : file with { Resources = [.. file.Resources.Skip(turn % count), .. file.Resources.Take(turn % count)] };
    }

    /// <summary>Stacks that import, that refer to what is not there, and that only have logical ids.</summary>
    private static InventoryFile[] Stacks =>
    [
        File("network.yaml", InventorySourceKind.Template, Sighting("Topic", "AWS::SNS::Topic")) with { AccountId = OwnAccount, Exports = [new("topic", "Topic")] },
        File("other.yaml", InventorySourceKind.Template, Sighting("Worker", "AWS::Lambda::Function", "Missing") with { References = [new("topic", IsImport: true), new("Missing")] }) with { AccountId = OwnAccount },
        File("loose.yaml", InventorySourceKind.Template, Sighting("A", "AWS::SQS::Queue", "B"), Sighting("B", "AWS::S3::Bucket", "A") with { PhysicalId = "shop-files" }),
    ];
}
