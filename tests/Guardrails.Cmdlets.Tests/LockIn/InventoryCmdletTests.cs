namespace Guardrails.Cmdlets.Tests;

public sealed class InventoryCmdletTests(SandboxedEngine sandboxed) : IClassFixture<SandboxedEngine>
{
    private const string Template = """{"Resources":{"Jobs":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"jobs"}},"Worker":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"worker","Environment":{"Variables":{"Q":{"Ref":"Jobs"},"PASSWORD":"s3cr3t"}}}}}}""";

    [Fact]
    public void The_accounts_of_a_unit_take_the_inventory_of_their_folders()
    {
        var (folder, account, other) = Exports("pipeline");
        var unit = Unit(account);
        var output = sandboxed.Run("Get-GuardrailAccount -OrganizationalUnit $args[0] | Get-GuardrailInventory -Path $args[1]", unit, folder).ThrowOnError().Output;
        var resources = output.Where(one => one.BaseObject.GetType().Name == "InventoryResource").ToList();
        // Two in the account's folder, one that is bound to none; those of an account elsewhere are left out.
        Assert.Equal(["Jobs", "Loose", "Worker"], resources.Select(one => one.Properties["LogicalId"].Value!.ToString()!).Order(StringComparer.Ordinal));
        var worker = resources.Single(one => one.Properties["LogicalId"].Value!.ToString() == "Worker");
        Assert.Equal(unit, worker.Properties["OrganizationalUnit"].Value);
        Assert.Equal(sandboxed.Run("(Get-GuardrailAccount $args[0]).Name", account).Single.BaseObject, worker.Properties["AccountName"].Value);
        Assert.DoesNotContain(resources, one => other.Equals(one.Properties["AccountId"].Value));
        Assert.Contains(output, one => one.BaseObject.ToString()!.Contains("bound to no account", StringComparison.Ordinal));
    }

    [Fact]
    public void Resources_come_ordered_by_key_and_gaps_after_them()
    {
        var (folder, _, _) = Exports("order");
        var output = sandboxed.Run("Get-GuardrailInventory $args[0]", folder).ThrowOnError().Output;
        var kinds = output.Select(one => one.BaseObject.GetType().Name).ToList();
        Assert.Equal(kinds.OrderDescending(StringComparer.Ordinal), kinds);
        var keys = output.Where(one => one.BaseObject.GetType().Name == "InventoryResource").Select(one => (string)one.Properties["Key"].Value!).ToList();
        Assert.Equal(5, keys.Count);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Without_a_connection_an_account_is_given_by_id()
    {
        var (folder, account, _) = Exports("offline");
        using var offline = new Engine();
        Assert.Equal(3, offline.Run("foreach ($one in $args[0] | Get-GuardrailInventory -Path $args[1]) { if ($one -is [Guardrails.InventoryResource]) { $one } }", account, folder).ThrowOnError().Output.Count);
        var byName = offline.Run("Get-GuardrailInventory $args[0] -Account shop", folder);
        byName.Error("NotConnected");
        Assert.DoesNotContain(byName.Output, one => account.Equals(one.Properties["AccountId"]?.Value));
    }

    [Fact]
    public void Accounts_are_also_found_by_name_and_what_is_not_there_is_an_error()
    {
        var (folder, account, _) = Exports("names");
        var name = sandboxed.Run("(Get-GuardrailAccount $args[0]).Path", account).Single.BaseObject;
        Assert.Contains(sandboxed.Run("Get-GuardrailInventory $args[0] -Account $args[1]", folder, name).ThrowOnError().Output, one => account.Equals(one.Properties["AccountId"]?.Value));
        sandboxed.Run("Get-GuardrailInventory $args[0] -Account nobody-has-this-name", folder).Error("IdentityNotFound");
    }

    [Fact]
    public void An_empty_pipeline_asks_for_nothing()
    {
        var (folder, _, _) = Exports("empty");
        Assert.Empty(sandboxed.Run("@() | Get-GuardrailInventory -Path $args[0]", folder).ThrowOnError().Output);
    }

    [Fact]
    public void A_bad_file_is_an_error_and_a_gap_and_the_others_are_read()
    {
        var (folder, _, _) = Exports("bad");
        File.WriteAllText(Path.Combine(folder, "broken.tfstate"), "{\"version\":4,\"serial\":1,");
        var result = sandboxed.Run("Get-GuardrailInventory $args[0]", folder);
        var error = result.Error("InventoryUnreadable");
        Assert.Contains("broken.tfstate", error.TargetObject.ToString(), StringComparison.Ordinal);
        Assert.Contains(result.Output, one => one.Properties["Kind"]?.Value?.ToString() == "FailedCollector");
        Assert.Equal(5, result.Output.Count(one => one.BaseObject.GetType().Name == "InventoryResource"));
    }

    [Fact]
    public void Wildcards_name_files_and_a_path_that_names_none_is_an_error()
    {
        var (folder, _, _) = Exports("wild");
        var result = sandboxed.Run("Get-GuardrailInventory ($args[0] + '/*.json'), ($args[0] + '/nothing*.yaml')", folder);
        result.Error("FileNotFound");
        Assert.Equal("Loose", Assert.Single(result.Output, one => one.BaseObject.GetType().Name == "InventoryResource").Properties["LogicalId"].Value);
        Assert.Single(sandboxed.Run("Get-GuardrailInventory $args[0], $args[0], ($args[0] + '/loose.json')", folder).ThrowOnError().Output, one => one.Properties["LogicalId"]?.Value?.ToString() == "Loose");
    }

    [Fact]
    public void The_view_shows_account_type_name_and_references_and_no_secrets()
    {
        var (folder, account, _) = Exports("view");
        var shown = sandboxed.Engine.Show("Get-GuardrailInventory $args[0]", folder);
        Assert.Matches($@"{account}\s+eu-west-1\s+AWS::Lambda::Function \(Zip\)\s+Worker\s+1", shown);
        Assert.Matches(@"Gap\s+: NoAccount", shown);
        Assert.DoesNotContain("s3cr3t", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_says_how_many_files_are_read()
    {
        var (folder, _, _) = Exports("progress");
        using var engine = new Engine();
        engine.Run("Get-GuardrailInventory $args[0] -ThrottleLimit 1", folder).ThrowOnError();
        Assert.Contains(engine.Progress, record => record.StatusDescription == "1 of 3 files");
    }

    private string Unit(string account) => (string)sandboxed.Run("(Get-GuardrailAccount $args[0]).OrganizationalUnit", account).Single.BaseObject;

    /// <summary>A folder for an account, one for an account of another unit, and a file of no account.</summary>
    private (string Folder, string Account, string Other) Exports(string name)
    {
        var accounts = sandboxed.Run("Get-GuardrailAccount").ThrowOnError().Output;
        string Text(System.Management.Automation.PSObject one, string property) => (string)one.Properties[property].Value!;
        var first = accounts.First(one => Text(one, "OrganizationalUnit") != "/");
        var second = accounts.First(one => Text(one, "OrganizationalUnit") != Text(first, "OrganizationalUnit"));
        var (account, other) = (Text(first, "Id"), Text(second, "Id"));
        var folder = sandboxed.Folder[name];
        foreach (var id in new[] { account, other })
        {
            Directory.CreateDirectory(Path.Combine(folder, id, "eu-west-1"));
            File.WriteAllText(Path.Combine(folder, id, "eu-west-1", "shop.json"), Template);
        }
        File.WriteAllText(Path.Combine(folder, "loose.json"), """{"Resources":{"Loose":{"Type":"AWS::SNS::Topic"}}}""");
        return (folder, account, other);
    }
}
