using Guardrails.Benchmarks;

IBenchmark[] benchmarks = [new OrganizationLoad(), new PolicyEvaluate(), new PolicyCompile(), new PolicyLinting(), new ModuleImport(), new Vend(), new Journal(), new LockIn(), new TemplateInventory()];

var names = args.Where(a => !a.StartsWith('-')).ToList();
var strict = args.Contains("--strict");
var smoke = args.Contains("--smoke");
var unknown = args.Where(a => a.StartsWith('-') && a is not ("--strict" or "--smoke"))
    .Concat(names.Where(n => benchmarks.All(b => b.Name != n))).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}");
    return 2;
}
if (names.Count == 0)
{
    foreach (var benchmark in benchmarks) Console.WriteLine($"{benchmark.Name}  {benchmark.Summary}");
    return 0;
}

var isShort = false;
foreach (var benchmark in benchmarks.Where(b => names.Contains(b.Name)))
{
    var folder = Directory.CreateTempSubdirectory("guardrails-benchmark-").FullName;
    try
    {
        var figures = new Figures(benchmark.Name, smoke, Console.Out);
        await benchmark.RunAsync(figures, folder);
        isShort |= figures.AnyShort;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
return strict && isShort ? 1 : 0;
