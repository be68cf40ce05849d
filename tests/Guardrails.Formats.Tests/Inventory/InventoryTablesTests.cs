using System.Text;
using Xunit;

namespace Guardrails.Formats.Tests;

public sealed class InventoryTablesTests
{
    private const string FocusHeader = "BillingPeriodStart,BillingCurrency,EffectiveCost,ResourceId,ResourceType,SubAccountId,RegionId,ProviderName,ServiceName,ConsumedQuantity,ConsumedUnit,CommitmentDiscountId,Tags\n";
    private const string CurHeader = "bill_billing_period_start_date,line_item_currency_code,line_item_line_item_type,line_item_unblended_cost,line_item_resource_id,line_item_usage_account_id,line_item_product_code,product_region_code,line_item_usage_amount,pricing_unit,resource_tags,reservation_effective_cost,reservation_reservation_a_r_n,savings_plan_savings_plan_effective_cost,savings_plan_savings_plan_a_r_n,savings_plan_total_commitment_to_date,savings_plan_used_commitment,reservation_unused_recurring_fee\n";

    [Fact]
    public void Rows_of_a_resource_are_added_up_by_month_and_storage_is_read()
    {
        var bill = Read(FocusHeader + """
            2026-09-01,USD,1.5,arn:aws:s3:::shop-files,NULL,111122223333,eu-west-1,AWS,Amazon S3,100,GB-Months,NULL,"{""Workload"":""shop""}"
            2026-09-01,USD,0.5,arn:aws:s3:::shop-files,NULL,111122223333,eu-west-1,AWS,Amazon S3,1000,Requests,NULL,NULL
            2026-09-01,USD,0.25,arn:aws:s3:::shop-files,NULL,111122223333,eu-west-1,AWS,Amazon S3,50,GB-Months,NULL,NULL
            2026-10-01,USD,4E-1,arn:aws:s3:::shop-files,NULL,111122223333,eu-west-1,AWS,Amazon S3,10,GB-Months,NULL,NULL
            """);
        var bucket = Assert.Single(bill.Resources);
        Assert.Equal(("AWS::S3::Bucket", "shop", "USD", "eu-west-1"), (bucket.Type, bucket.Workload, bucket.Currency, bucket.Region));
        Assert.Equal([2.25m, 0.4m], bucket.Costs!.OrderBy(cost => cost.Key).Select(cost => cost.Value));
        Assert.Equal(150 * 1.073741824, bucket.DataGigabytes!.Value, 6);
        Assert.Empty(bill.Unattributed);
    }

    [Fact]
    public void What_belongs_to_no_resource_stays_cost_of_its_account()
    {
        var bill = Read(FocusHeader + """
            2026-09-01,USD,3,NULL,NULL,111122223333,eu-west-1,AWS,Tax,NULL,NULL,NULL,NULL
            2026-09-01,USD,2,arn:ats:els:us-test-2:347410479675:file-system/x,NULL,111122223333,eu-west-1,AWS,EFS,NULL,NULL,NULL,NULL
            2026-09-01,USD,1,vom-0ab6e0a1f3d0c9b2e,NULL,12345678901,eu-west-1,AWS,EC2,NULL,NULL,NULL,NULL
            2026-09-01,EUR,9,/subscriptions/x,Storage account,8cb43347,westeurope,Microsoft,Storage,NULL,NULL,NULL,NULL
            """);
        Assert.Empty(bill.Resources);
        Assert.Equal([("012345678901", 1m, 1), ("111122223333", 5m, 2)], bill.Unattributed.Select(one => (one.AccountId!, one.Cost, one.Rows)));
        Assert.Contains("Microsoft", Assert.Single(bill.Gaps).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CUR_costs_are_amortized()
    {
        var bill = Read(CurHeader + """
            2026-09-01T00:00:00Z,USD,Usage,10,i-0ab6e0a1f3d0c9b2e,111122223333,AmazonEC2,eu-west-1,1,Hrs,"{""user_workload"":""shop""}",,,,,,,
            2026-09-01T00:00:00Z,USD,DiscountedUsage,0,i-0ab6e0a1f3d0c9b2e,111122223333,AmazonEC2,eu-west-1,1,Hrs,,2.5,arn:aws:ec2:eu-west-1:111122223333:reserved-instances/x,,,,,
            2026-09-01T00:00:00Z,USD,SavingsPlanCoveredUsage,7,i-0ab6e0a1f3d0c9b2e,111122223333,AmazonEC2,eu-west-1,1,Hrs,,,,4,arn:aws:savingsplans::111122223333:savingsplan/y,,,
            2026-09-01T00:00:00Z,USD,SavingsPlanNegation,-7,i-0ab6e0a1f3d0c9b2e,111122223333,AmazonEC2,eu-west-1,1,Hrs,,,,,arn:aws:savingsplans::111122223333:savingsplan/y,,,
            2026-09-01T00:00:00Z,USD,SavingsPlanRecurringFee,20,arn:aws:savingsplans::111122223333:savingsplan/y,111122223333,ComputeSavingsPlans,,1,Hrs,,,,,arn:aws:savingsplans::111122223333:savingsplan/y,20,18,
            2026-09-01T00:00:00Z,USD,RIFee,30,arn:aws:ec2:eu-west-1:111122223333:reserved-instances/x,111122223333,AmazonEC2,eu-west-1,1,Hrs,,,arn:aws:ec2:eu-west-1:111122223333:reserved-instances/x,,,,,3
            2026-09-01T00:00:00Z,USD,Usage,1,shop-files,111122223333,AmazonS3,eu-west-1,80,GB-Mo,,,,,,,,
            """);
        Assert.Equal(["AWS::EC2::Instance", "AWS::S3::Bucket"], bill.Resources.Select(one => one.Type));
        Assert.Equal(16.5m, bill.Resources[0].Costs!.Values.Single());
        Assert.Equal("shop", bill.Resources[0].Workload);
        Assert.Equal(80 * 1.073741824, bill.Resources[1].DataGigabytes!.Value, 6);
        // 2 of the savings plan and 3 of the reservation went unused.
        Assert.Equal(5m, bill.Unattributed.Sum(one => one.Cost));
        Assert.Equal(2, Assert.Single(bill.Gaps).Count);
    }

    [Fact]
    public void The_first_form_of_the_cost_and_usage_report_is_read_too()
    {
        var bill = Read("bill/BillingPeriodStartDate;lineItem/UnblendedCost;lineItem/ResourceId;lineItem/UsageAccountId;lineItem/ProductCode;resourceTags/user:Workload\n2026-09-01T00:00:00Z;1;shop-files;111122223333;AmazonS3;shop\n");
        Assert.Equal(("AWS::S3::Bucket", "shop", 1m), (bill.Resources[0].Type, bill.Resources[0].Workload, bill.Resources[0].Costs!.Values.Single()));
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_counted_and_the_first_is_named()
    {
        var bill = Read(FocusHeader + "2026-09-01,USD,much,arn:aws:s3:::a,NULL,111122223333,eu-west-1,AWS,S3,1,GB,NULL,NULL\nshort,row\n2026-09-01,USD,1,arn:aws:s3:::a,NULL,111122223333,eu-west-1,AWS,S3,1,GB,NULL,NULL\n");
        Assert.Single(bill.Resources);
        var gap = Assert.Single(bill.Gaps);
        Assert.Equal((InventoryGapKind.FailedCollector, 1), (gap.Kind, gap.Count));
        Assert.StartsWith("2 rows of bill.csv", gap.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", gap.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("much", gap.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_rows_changes_nothing()
    {
        string[] rows =
        [
            "2026-09-01,USD,1.5,arn:aws:s3:::b,NULL,111122223333,eu-west-1,AWS,S3,100,GB-Months,NULL,\"{\"\"Workload\"\":\"\"shop\"\"}\"",
            "2026-10-01,USD,0.1,arn:aws:s3:::b,NULL,111122223333,eu-west-2,AWS,S3,1,Requests,c,\"{\"\"Workload\"\":\"\"other\"\"}\"",
            "2026-10-01,EUR,0.2,arn:aws:s3:::a,NULL,111122223333,eu-west-1,AWS,S3,1,Requests,NULL,NULL",
            "2026-10-01,EUR,0.3,NULL,NULL,111122223333,eu-west-1,AWS,S3,1,Requests,NULL,NULL",
            "2026-10-01,EUR,0.3,NULL,NULL,444455556666,eu-west-1,AWS,S3,1,Requests,NULL,NULL",
        ];
        var one = Read(FocusHeader + string.Join('\n', rows));
        var other = Read(FocusHeader + string.Join('\n', rows.Reverse()));
        Assert.Equal(Text(one), Text(other));
        static string Text(InventoryFile file) => string.Join('\n', file.Resources.Select(one => $"{one with { Costs = null }} {string.Join(',', one.Costs!.OrderBy(cost => cost.Key))}").Concat(file.Unattributed.Select(cost => cost.ToString())));
    }

    [Fact]
    public void The_public_sample_of_FOCUS_is_read_to_its_end()
    {
        var path = Path.Combine(SharedTemplates.Folder("focus"), "focus_sample.csv");
        using var stream = File.OpenRead(path);
        var bill = InventoryTables.Read(stream, path, new InventoryReading(LockInFiles.Types(), "application"));
        // 942 of its 1,000 rows are AWS's; its ARNs are scrambled (arn:ats:), so most costs belong to no resource.
        Assert.Equal(58, bill.Gaps.Single(gap => gap.Message.Contains("other providers", StringComparison.Ordinal)).Count);
        Assert.DoesNotContain(bill.Gaps, gap => gap.Kind == InventoryGapKind.FailedCollector);
        Assert.All(bill.Unattributed, cost => Assert.True(AccountIds.IsId(cost.AccountId)));
        // Counted by a script of its own: 37 ids such as i-0123456789abcdef0 that the scrambling has left whole.
        Assert.Equal(37, bill.Resources.Count(one => one.Type.StartsWith("AWS::EC2::", StringComparison.Ordinal)));
        Assert.Equal(13m, bill.Resources.Sum(one => one.Costs!.Values.Sum()) + bill.Unattributed.Sum(cost => cost.Cost));
    }

    private static InventoryFile Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return InventoryTables.Read(stream, "bill.csv", new InventoryReading(LockInFiles.Types(), "Workload"));
    }
}
