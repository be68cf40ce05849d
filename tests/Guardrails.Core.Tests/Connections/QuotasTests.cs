using System.Reflection;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Guardrails.Core.Tests;

public sealed class QuotasTests
{
    private static readonly byte[] Module = File.ReadAllBytes(Path.Combine(
        typeof(QuotasTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "GuardrailsRoot").Value!, "module", "data", "quotas.json"));

    [Fact]
    public void The_modules_data_gives_lanes_and_the_closure_budget()
    {
        var quotas = Quotas.Read(Module);
        Assert.Equal(1, quotas.Lanes.Of("account-move:/Workloads/Prod"));
        Assert.True(quotas.Lanes.Of("account-creation") > 1);
        Assert.Equal(int.MaxValue, quotas.Lanes.Of("no-such-lane"));
        Assert.Equal(new ClosureBudget(30, 250, 0.2, 1000), quotas.Closures);
    }

    [Fact]
    public void A_users_value_replaces_the_modules_and_leaves_the_others()
    {
        var quotas = Quotas.Read(Module, Encoding.UTF8.GetBytes("""{"lanes":{"account-creation":{"value":9}},"organizations":{"accountClosuresMinimum":{"value":10}}}"""));
        Assert.Equal(9, quotas.Lanes.Of("account-creation"));
        Assert.Equal(1, quotas.Lanes.Of("account-move"));
        Assert.Equal((10, 1000), (quotas.Closures.Minimum, quotas.Closures.Maximum));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"lanes":{"account-creation":{"value":0}}}""")]
    [InlineData("""{"lanes":{"account-creation":{"value":"many"}}}""")]
    [InlineData("""{"organizations":{"accounts":{"value":"many"}}}""")]
    public void A_file_of_another_shape_is_refused(string own) => Assert.ThrowsAny<JsonException>(() => Quotas.Read(Module, Encoding.UTF8.GetBytes(own)));

    [Fact]
    public void The_closure_budget_is_the_higher_of_number_and_share_and_never_more_than_the_maximum()
    {
        var cloud = new FakeCloud();
        for (var i = 0; i < 60; i++) cloud.AddAccount($"a{i}", $"a{i}@example.com", state: i < 3 ? AccountState.Closed : AccountState.Active);
        Assert.Equal((12, 30, 3, 9), new ClosureBudget(30, 5, 0.2, 1000).Estimate(cloud.Organization(), new Dictionary<string, DateTimeOffset>(), DateTimeOffset.UnixEpoch));
        Assert.Equal(8, new ClosureBudget(30, 5, 0.2, 8).Estimate(cloud.Organization(), new Dictionary<string, DateTimeOffset>(), DateTimeOffset.UnixEpoch).Limit);
        Assert.Equal(250, new ClosureBudget(30, 250, 0.2, 1000).Estimate(cloud.Organization(), new Dictionary<string, DateTimeOffset>(), DateTimeOffset.UnixEpoch).Limit);
    }
}
