namespace Guardrails.Aws.Tests;

/// <summary>What is on the disk when a writing call goes out.</summary>
public sealed class FlushedJournalTests : IDisposable
{
    private readonly SandboxCloud _cloud = new(accounts: 5, units: 2, policies: 0, arrange: state => state.AccountQuota = 50);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.journal");

    public void Dispose()
    {
        _cloud.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Each_announcement_is_flushed_to_the_disk_before_its_call_is_on_the_wire()
    {
        using var file = new FlushedFile(_path);
        var sent = new Dictionary<string, int>();
        var late = new List<string>();
        void OnWire(string operation)
        {
            if (!DyingWire.IsWriting(operation)) return;
            lock (sent)
            {
                sent[operation] = sent.GetValueOrDefault(operation) + 1;
                if (file.Announced(operation) < sent[operation]) late.Add(operation);
            }
        }

        var connection = await _cloud.ConnectAsync(wrap: handler => new Wire(handler, OnWire));
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: false, CallScope.None);
        var vending = new AccountVending(connection.Cloud, new LaneLimits(new Dictionary<string, int> { ["account-creation"] = 5 }));
        AccountRequest[] requests = [.. Enumerable.Range(0, 8).Select(i => new AccountRequest { Name = $"new-{i}", Email = $"aws+new-{i}@example.com", OrganizationalUnit = "/New", Tags = Facts.Of(("a", "1")) })];
        var rows = await vending.PlanAsync(requests, organization, new(CreateOrganizationalUnits: true, Adopt: false), CallScope.None);
        using var journal = new RolloutJournal(file);
        journal.Write(new RolloutOpened(DateTimeOffset.UnixEpoch, "flushed", RolloutJournal.Self(), "0.0.0"));
        await foreach (var result in vending.RunAsync(rows, () => journal, organization.Id, 4, CallScope.None)) Assert.False(result.IsTrouble, result.Message);

        Assert.Empty(late);
        Assert.Equal(8, sent["CreateAccount"]);
        Assert.Equal(1, sent["CreateOrganizationalUnit"]);
        Assert.Equal(new FileInfo(_path).Length, file.OnDisk);
    }

    /// <summary>A file that knows how much of it was flushed to the disk.</summary>
    private sealed class FlushedFile(string path) : FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 })
    {
        public long OnDisk { get; private set; }

        public override void Flush(bool flushToDisk)
        {
            base.Flush(flushToDisk);
            if (flushToDisk) OnDisk = Position;
        }

        public int Announced(string operation)
        {
            var bytes = new byte[OnDisk];
            using var file = new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.ReadExactly(bytes);
            using var flushed = new MemoryStream(bytes);
            var history = RolloutHistory.Read(flushed, Name);
            return history.Planned is { } planned
                ? planned.Plan.Changes.Sum(change => history.CallsOf(change.Id).Count(call => call.Announced.Operation == $"organizations:{operation}"))
                : 0;
        }
    }

    private sealed class Wire(HttpMessageHandler inner, Action<string> onWire) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            onWire(DyingWire.OperationOf(request));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
