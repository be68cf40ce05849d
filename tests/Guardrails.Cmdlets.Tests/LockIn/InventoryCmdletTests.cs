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
        Assert.Matches($@"AWS::Lambda::Function \(Zip\)\s+Worker\s+{account}\s+eu-west-1\s+1\s", shown);
        Assert.Matches(@"Gap\s+: NoAccount", shown);
        Assert.DoesNotContain("s3cr3t", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_of_the_common_types_is_shown_in_full_and_a_longer_one_goes_on_in_the_next_line()
    {
        var folder = sandboxed.Folder["long"];
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "a.json"), """{"Resources":{"Balancer":{"Type":"AWS::ElasticLoadBalancingV2::LoadBalancer"},"Long":{"Type":"AWS::NetworkFirewall::VpcEndpointAssociationOfMany"},"Database":{"Type":"AWS::RDS::DBInstance","Properties":{"Engine":"aurora-postgresql"}}}}""");
        var shown = sandboxed.Engine.Show("Get-GuardrailInventory $args[0]", folder);
        Assert.Contains("AWS::ElasticLoadBalancingV2::LoadBalancer", shown, StringComparison.Ordinal);
        Assert.Contains("AWS::RDS::DBInstance (aurora-postgresql)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u2026', shown);
    }

    [Fact]
    public void An_organizational_unit_is_measured_from_its_accounts_on()
    {
        // Two units of Workloads with the same small shop, one with a workflow more; and one account elsewhere.
        var accounts = sandboxed.Run("Get-GuardrailAccount").ThrowOnError().Output.Select(one => (Id: (string)one.Properties["Id"].Value!, Unit: (string)one.Properties["OrganizationalUnit"].Value!)).ToList();
        var parent = accounts.Where(one => one.Unit != "/").GroupBy(one => "/" + one.Unit.Split('/')[1]).First(top => top.Select(one => one.Unit).Distinct().Count() > 1);
        var (one, other) = (parent.First(), parent.First(account => account.Unit != parent.First().Unit));
        var elsewhere = accounts.First(account => account.Unit != "/" && !(account.Unit + "/").StartsWith(parent.Key + "/", StringComparison.Ordinal));
        var folder = sandboxed.Folder["units"];
        foreach (var (id, _) in new[] { one, other, elsewhere })
        {
            Directory.CreateDirectory(Path.Combine(folder, id, "eu-west-1"));
            File.WriteAllText(Path.Combine(folder, id, "eu-west-1", "shop.json"), Template);
        }
        File.WriteAllText(Path.Combine(folder, other.Id, "eu-west-1", "flow.json"), """{"Resources":{"Flow":{"Type":"AWS::StepFunctions::StateMachine","Properties":{"StateMachineName":"flow"}}}}""");
        var all = sandboxed.Run("Get-GuardrailAccount -OrganizationalUnit $args[0] -Recurse | Get-GuardrailInventory -Path $args[1] | Measure-GuardrailLockIn -GroupBy OrganizationalUnit -Draws 200", parent.Key, folder).ThrowOnError().Output;
        Assert.Equal(new[] { "Organization" }.Concat(new[] { one.Unit, other.Unit }.Order(StringComparer.Ordinal)), all.Select(group => group.Properties["Name"].Value));
        decimal Effort(System.Management.Automation.PSObject group, string part) => (decimal)System.Management.Automation.PSObject.AsPSObject(group.Properties["Effort"].Value).Properties[part].Value;
        var (whole, units) = (all[0], all.Skip(1).ToList());
        // What both need, such as the skills, is shown apart: own parts and what is shared are the whole, the groups alone are more.
        Assert.Equal(Effort(whole, "Mean"), units.Sum(unit => Effort(unit, "Own")) + Effort(whole, "Shared"));
        Assert.True(Effort(whole, "Shared") > 0);
        Assert.True(units.Sum(unit => Effort(unit, "Mean")) > Effort(whole, "Mean"));
        Assert.True(Effort(units.Single(unit => unit.Properties["Name"].Value.Equals(other.Unit)), "Own") > Effort(units.Single(unit => unit.Properties["Name"].Value.Equals(one.Unit)), "Own"));
    }

    [Fact]
    public void No_value_that_is_not_asked_for_leaves_any_reader_whatever_comes_of_it()
    {
        const string Marker = "s3cr3tm4rk3r";
        var folder = sandboxed.Folder["secrets"];
        Directory.CreateDirectory(Path.Combine(folder, "111122223333", "eu-west-1"));
        foreach (var (name, text) in Marked) File.WriteAllText(Path.Combine(folder, "111122223333", "eu-west-1", name), text.Replace("@@", Marker, StringComparison.Ordinal));
        var result = sandboxed.Run("""
            $global:inventory = @(Get-GuardrailInventory $args[0])
            $inventory
            $results = @($inventory | Measure-GuardrailLockIn -GroupBy Workload -DayRate 900 -Draws 200)
            $results
            foreach ($format in 'Html', 'Csv', 'Json') { foreach ($content in 'Assessment', 'DoraRegister', 'ExitPlan') { $results | ConvertTo-GuardrailReport -Format $format -Content $content } }
            $null = $results | Export-GuardrailLockIn -Path $args[1]
            """, folder, sandboxed.Folder["secrets.json"]);
        // Each of them was read, and what was damaged was told.
        var kinds = sandboxed.Run("foreach ($one in $inventory) { if ($one -is [Guardrails.InventoryResource]) { foreach ($source in $one.Sources) { [string]$source.Kind } } }");
        Assert.Equal(["Bill", "ResourceExport", "Template", "TerraformPlan", "TerraformState"], kinds.ThrowOnError().Output.Select(one => (string)one.BaseObject).Distinct().Order(StringComparer.Ordinal));
        Assert.True(result.Errors.Count >= 4, string.Join("\n", result.Errors));
        Assert.All(result.Output, one => Assert.DoesNotContain(Marker, Whole(one.BaseObject), StringComparison.OrdinalIgnoreCase));
        Assert.All(result.Errors, error => Assert.DoesNotContain(Marker, $"{error} {error.Exception} {error.TargetObject}", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Marker, string.Join(' ', result.Warnings.Concat(result.Verbose).Concat(result.Debug)), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Marker, File.ReadAllText(sandboxed.Folder["secrets.json"]), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Marker, sandboxed.Engine.Show("Get-GuardrailInventory $args[0] -ErrorAction SilentlyContinue", folder), StringComparison.OrdinalIgnoreCase);

        static string Whole(object value) => value is string text ? text : System.Text.Json.JsonSerializer.Serialize(value, value.GetType());
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

    /// <summary>Files of each kind in which every value holds the marker but ids, names and the workload, and damaged ones.</summary>
    private static readonly (string Name, string Text)[] Marked =
    [
        ("a.json", """{"Description":"@@","Parameters":{"P":{"Type":"String","Default":"@@"}},"Mappings":{"M":{"A":{"B":"@@"}}},"Resources":{"Worker":{"Type":"AWS::Lambda::Function","Metadata":{"M":"@@"},"Properties":{"FunctionName":"worker","PackageType":"@@","Code":{"ZipFile":"@@"},"Environment":{"Variables":{"A":"@@","B":{"Fn::Sub":"@@${Db}"}}},"Tags":[{"Key":"owner","Value":"@@"},{"Key":"Workload","Value":"shop"}]}},"Db":{"Type":"AWS::RDS::DBInstance","Properties":{"DBInstanceIdentifier":"db","Engine":"@@","MasterUserPassword":"@@","AllocatedStorage":"@@"}}},"Outputs":{"O":{"Value":"@@","Description":"@@"}}}"""),
        ("b.yaml", "Transform: AWS::Serverless-2016-10-31\nGlobals: { Function: { Environment: { Variables: { A: @@ } } } }\nResources:\n  Api:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: api\n      InlineCode: |\n        @@\n      Events: { E: { Type: Schedule, Properties: { Schedule: @@, Input: @@ } } }\n  Own: { Type: Custom::Thing, Properties: { ServiceToken: @@, Password: @@ } }\n"),
        ("c.tfstate", """{"version":4,"serial":1,"lineage":"@@","outputs":{"o":{"value":"@@","type":"string"}},"resources":[{"mode":"managed","type":"aws_db_instance","name":"db","provider":"p","instances":[{"attributes":{"id":"db2","arn":"arn:aws:rds:eu-west-1:111122223333:db:db2","engine":"@@","password":"@@","tags":{"Owner":"@@"}},"private":"@@"}]},{"mode":"data","type":"aws_secretsmanager_secret_version","name":"s","provider":"p","instances":[{"attributes":{"secret_string":"@@"}}]}]}"""),
        ("d.json", """{"format_version":"1.2","variables":{"v":{"value":"@@"}},"planned_values":{"outputs":{"o":{"value":"@@"}},"root_module":{"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"q","provider_name":"p","values":{"name":"@@","policy":"@@","tags":{"x":"@@"}}}]}},"configuration":{"root_module":{"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"q","expressions":{"policy":{"constant_value":"@@"}}}]}}}"""),
        ("e.csv", "ARN,Owning account ID,Region,Resource type,Tag: Owner,Tag: Workload\narn:aws:sqs:eu-west-1:111122223333:jobs,111122223333,eu-west-1,sqs:queue,@@,shop\n"),
        ("f.csv", "BillingPeriodStart,BillingCurrency,EffectiveCost,ResourceId,SubAccountId,RegionId,ProviderName,ChargeDescription,Tags\n2026-10-01,USD,1,arn:aws:sqs:eu-west-1:111122223333:jobs,111122223333,eu-west-1,AWS,@@,\"{\"\"owner\"\":\"\"@@\"\"}\"\n2026-10-01,USD,@@,arn:aws:sqs:eu-west-1:111122223333:jobs,111122223333,eu-west-1,AWS,@@,\n"),
        ("g.json", """{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"P":"@@" "@@"}}}}"""),
        ("h.yaml", "Resources:\n  B: { Type: AWS::S3::Bucket, Properties: { P: @@, Q: *@@ } }\n"),
        ("i.tfstate", """{"version":4,"serial":1,"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"q","instances":[{"attributes":{"a":"@@" @@"""),
        ("j.csv", "one,two\n@@,@@\n"),
        ("k.json", """{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"P":trouble,"Q":"@@"}}}}"""),
    ];
}
