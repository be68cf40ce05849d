using System.Text;
using System.Text.Json;
using Guardrails.Formats;
using YamlDotNet.Core;

namespace Guardrails.Benchmarks;

/// <summary>
/// Reads 10,000 templates into sightings, and only tokenizes the same bytes: ratio = time to read all of them (digest, tokens, references,
/// sightings) ÷ time to step through all their tokens with the same parser and to do nothing with them. Both in the same run, from the same
/// bytes in memory, on as many threads as there are processors; the median of the rounds' ratios. YAML and JSON apart, each of the whole folder.
/// </summary>
internal sealed class TemplateInventory : IBenchmark
{
    private const int Templates = 10_000;
    private const double Most = 1.8;

    public string Name => "inventory";

    public string Summary => "reading 10,000 templates into an inventory, against only tokenizing them";

    public Task RunAsync(Figures figures, string folder)
    {
        var (json, yaml) = BenchmarkTemplates.Make(figures.Smoke ? 160 : Templates);
        var types = LockInDataReader.Types(BenchmarkData.LockIn(), []);
        var facts = new TemplateFacts(types.Types);
        figures.Note("templates", json.Length);
        figures.Note("json-mb", json.Sum(one => (double)one.Length) / 1_000_000);
        figures.Note("yaml-mb", yaml.Sum(one => (double)one.Length) / 1_000_000);
        var (jsonRatio, jsonTime) = Ratio(json, facts, TokenizeJson, figures.Smoke ? 1 : 9);
        var (yamlRatio, yamlTime) = Ratio(yaml, facts, TokenizeYaml, figures.Smoke ? 1 : 3);
        figures.Budget("json", jsonTime, 1_500, "ms");
        figures.Budget("yaml", yamlTime, 30_000, "ms");
        figures.Bar("json-over-tokens", jsonRatio, Most);
        figures.Bar("yaml-over-tokens", yamlRatio, Most);
        var files = json.Select((one, i) => TemplateFile.Read(one, $"{i}.json", facts)).ToList();
        figures.Note("resources", files.Sum(file => file.Resources.Count));
        figures.Note("merge-ms", Figures.Median(() => InventoryMerge.Merge(files, types, (_, _) => EdgeClass.Unclassified), figures.Smoke ? 1 : 3));
        return Task.CompletedTask;
    }

    /// <returns>The median of read over tokenized, and the median of the milliseconds to read.</returns>
    private static (double Ratio, double Time) Ratio(byte[][] templates, TemplateFacts facts, Action<byte[]> tokenize, int rounds)
    {
        var ratios = new List<double>();
        var times = new List<double>();
        // The first round is to warm up.
        for (var round = 0; round <= rounds; round++)
        {
            var tokenized = Figures.Median(() => Parallel.ForEach(templates, tokenize), 1);
            var read = Figures.Median(() => Parallel.ForEach(templates, template => Read(template, facts)), 1);
            if (round == 0) continue;
            ratios.Add(read / tokenized);
            times.Add(read);
        }
        return (Figures.Median(ratios), Figures.Median(times));
    }

    private static void Read(byte[] template, TemplateFacts facts) => GC.KeepAlive(TemplateFile.Read(template, "template", facts));

    private static void TokenizeJson(byte[] template)
    {
        var reader = new Utf8JsonReader(template, JsonTokens.Options);
        while (reader.Read())
        {
        }
    }

    private static void TokenizeYaml(byte[] template)
    {
        var parser = new Parser(new Scanner(new StringReader(Encoding.UTF8.GetString(template)), skipComments: true));
        while (parser.MoveNext())
        {
        }
    }
}
