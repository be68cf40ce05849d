using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>From files to what is saved: in whatever order files, keys and threads come, the bytes are the same.</summary>
public sealed class InventoryOrderTests : IDisposable
{
    private const string State = """
        {"version":4,"serial":1,"resources":[
          {"mode":"managed","type":"aws_sqs_queue","name":"jobs","provider":"p","instances":[{"index_key":0,"attributes":{"id":"https://sqs.eu-west-1.amazonaws.com/111122223333/jobs","arn":"arn:aws:sqs:eu-west-1:111122223333:jobs","tags":{"Workload":"shop","a":"b"}}}]},
          {"mode":"managed","type":"aws_db_instance","name":"db","provider":"p","instances":[{"attributes":{"engine":"postgres","id":"db","allocated_storage":5},"dependencies":["aws_sqs_queue.jobs"]}]}]}
        """;
    private const string Bill = "BillingPeriodStart,BillingCurrency,EffectiveCost,ResourceId,SubAccountId,RegionId,ProviderName\n2026-10-01,USD,1.25,arn:aws:sqs:eu-west-1:111122223333:jobs,111122223333,eu-west-1,AWS\n2026-09-01,EUR,2,arn:aws:s3:::files,111122223333,eu-west-1,AWS\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-order").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_keys_rows_and_threads_in_any_order_give_the_same_bytes() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Enum<LockInGrouping>()).Sample((seed, shuffle, grouping) =>
        {
            var random = new Random(seed);
            var documents = Enumerable.Range(0, random.Next(2, 6)).Select(i => (Name: $"{(i % 2 == 0 ? "111122223333/eu-west-1/" : "")}{(char)('a' + i)}.json", Document: (JsonNode)RandomTemplate.Make(random)))
                .Append((Name: "s.tfstate", Document: JsonNode.Parse(State)!)).ToArray();
            var expected = Saved(documents, Bill, 1, grouping);
            var other = new Random(shuffle);
            var shuffled = documents.Select(one => (one.Name, Document: RandomTemplate.Shuffle(one.Document, other)!)).ToArray();
            other.Shuffle(shuffled);
            var rows = Bill.TrimEnd('\n').Split('\n');
            Assert.Equal(expected, Saved(shuffled, string.Join('\n', rows.Take(1).Concat(rows.Skip(1).Reverse())) + "\n", other.Next(1, 8), grouping));
        }, iter: 60, threads: 1);

    private string Saved((string Name, JsonNode Document)[] documents, string bill, int threads, LockInGrouping grouping)
    {
        Directory.Delete(_folder, recursive: true);
        foreach (var (name, document) in documents)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
            File.WriteAllText(Path.Combine(_folder, name), document.ToJsonString());
        }
        File.WriteAllText(Path.Combine(_folder, "bill.csv"), bill);
        var paths = documents.Select(one => one.Name).Append("bill.csv").Select(name => new InventoryPath(Path.Combine(_folder, name), name)).ToList();
        var files = InventoryFiles.Read(paths, new(LockInFiles.Types(), "Workload"), threads, _ => { }, TestContext.Current.CancellationToken);
        var inventory = InventoryMerge.Merge(files, LockInFiles.Types(), LockInFiles.Facts().ClassOf);
        var request = new LockInRequest { Target = LockInTarget.OpenSource, Date = new(2026, 11, 25), GroupBy = grouping, Draws = 200, DayRate = 900 };
        using var stream = new MemoryStream();
        LockInFile.Write(LockInMeasurement.Of(inventory.Resources, inventory.Gaps, LockInFiles.Facts(), request, TestContext.Current.CancellationToken), stream);
        return string.Join('\n', inventory.Resources.Select(one => $"{one.Key}|{one}|{one.Variant}|{one.Workload}|{string.Join(',', one.References)}|{one.MonthlyCost} {one.Currency}|{string.Join(',', one.Sources)}")) + Encoding.UTF8.GetString(stream.ToArray());
    }
}
