using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace Guardrails.Cmdlets.Tests;

/// <summary>What holds for every cmdlet that the module exports, now and later.</summary>
public sealed class CmdletConventionTests(Engine engine) : IClassFixture<Engine>
{
    // Every other verb changes something.
    private static readonly string[] ReadingVerbs =
        ["Compare", "Connect", "ConvertFrom", "ConvertTo", "Disconnect", "Find", "Format", "Get", "Import", "Measure", "Read", "Resolve", "Search", "Select", "Show", "Test", "Wait", "Watch"];

    // These make or show a connection, or read a file and call no cloud.
    private static readonly string[] WithoutConnection =
    [
        "Compare-GuardrailLockIn", "Connect-Guardrail", "ConvertTo-GuardrailReport", "Export-GuardrailLockIn", "Export-GuardrailPlan",
        "Get-GuardrailConnection", "Get-GuardrailInventory", "Get-GuardrailLockInProfile", "Get-GuardrailLockInSensitivity",
        "Get-GuardrailRollout", "Import-GuardrailAccountRequest", "Import-GuardrailPlan", "Measure-GuardrailLockIn", "New-GuardrailSandbox",
        "Start-GuardrailSandbox", "Stop-GuardrailSandbox", "Test-GuardrailLockIn", "Wait-GuardrailRollout",
    ];

    private static readonly Dictionary<string, string> Shorthands = new()
    {
        ["string"] = "String",
        ["string[]"] = "String[]",
        ["int"] = "Int32",
        ["long"] = "Int64",
        ["double"] = "Double",
        ["bool"] = "Boolean",
        ["object"] = "Object",
    };

    private IReadOnlyList<CmdletInfo> Cmdlets =>
        [.. engine.Run("Get-Command -Module Guardrails").ThrowOnError().Output.Select(item => (CmdletInfo)item.BaseObject)];

    [Fact]
    public void There_are_cmdlets() => Assert.True(Cmdlets.Count >= 11);

    [Fact]
    public void Verbs_are_approved()
    {
        var approved = typeof(VerbsCommon).Assembly.GetExportedTypes()
            .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        Assert.Contains("Connect", approved);
        Assert.All(Cmdlets, cmdlet => Assert.Contains(cmdlet.Verb, approved));
    }

    [Fact]
    public void Nouns_begin_with_Guardrail() => Assert.All(Cmdlets, cmdlet => Assert.StartsWith("Guardrail", cmdlet.Noun, StringComparison.Ordinal));

    [Fact]
    public void Classes_are_sealed_and_named_after_their_cmdlet() =>
        Assert.All(Cmdlets, cmdlet =>
        {
            Assert.True(cmdlet.ImplementingType.IsSealed, cmdlet.Name);
            Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.ImplementingType.Name);
        });

    [Fact]
    public void Output_types_are_declared_and_have_a_view()
    {
        var views = XDocument.Load(Path.Combine(Repository.Root, "module", "Guardrails.Format.ps1xml")).Descendants("TypeName").Select(name => name.Value).ToHashSet();
        foreach (var cmdlet in Cmdlets)
        {
            Assert.NotEmpty(cmdlet.OutputType);
            foreach (var type in cmdlet.OutputType.Where(type => type.Name.StartsWith("Guardrails.", StringComparison.Ordinal)))
                Assert.True(views.Contains(type.Name), $"{cmdlet.Name}: {type.Name} has no view.");
        }
    }

    [Fact]
    public void Every_view_is_of_a_type_that_exists()
    {
        var views = XDocument.Load(Path.Combine(Repository.Root, "module", "Guardrails.Format.ps1xml")).Descendants("TypeName").Select(name => name.Value);
        Assert.All(views, name => Assert.NotNull(engine.Run("[type] $args[0]", name).Single.BaseObject));
    }

    [Fact]
    public void What_changes_something_asks_first()
    {
        Assert.All(Cmdlets, cmdlet => Assert.Equal(!ReadingVerbs.Contains(cmdlet.Verb), cmdlet.Parameters.ContainsKey("WhatIf")));
        Assert.All(Cmdlets, cmdlet => Assert.Equal(!ReadingVerbs.Contains(cmdlet.Verb), cmdlet.Parameters.ContainsKey("Confirm")));
    }

    [Fact]
    public void What_uses_a_cloud_takes_a_connection() =>
        Assert.All(Cmdlets, cmdlet =>
        {
            var takes = cmdlet.Parameters.TryGetValue("Connection", out var connection);
            Assert.Equal(!WithoutConnection.Contains(cmdlet.Name), takes);
            if (takes) Assert.Equal("Guardrails.GuardrailConnection", connection!.ParameterType.FullName);
        });

    [Fact]
    public void Help_has_a_synopsis_a_description_and_an_example()
    {
        foreach (var cmdlet in Cmdlets)
        {
            var help = Help(cmdlet);
            var synopsis = Text(help, "Synopsis");
            Assert.False(string.IsNullOrWhiteSpace(synopsis) || synopsis.Contains(cmdlet.Name, StringComparison.OrdinalIgnoreCase), $"{cmdlet.Name} has no synopsis.");
            Assert.False(string.IsNullOrWhiteSpace(string.Concat(Items(help, "description").Select(text => Text(text, "Text")))), $"{cmdlet.Name} has no description.");
            var examples = Items(help, "examples", "example");
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Contains(cmdlet.Name, Text(example, "code"), StringComparison.Ordinal));
            Assert.All(examples, example => Assert.Matches(@"Example \d+: \S", Text(example, "title")));
        }
    }

    [Fact]
    public void Every_parameter_is_documented()
    {
        foreach (var cmdlet in Cmdlets)
        {
            var documented = Items(Help(cmdlet), "parameters", "parameter").ToDictionary(parameter => Text(parameter, "name"));
            foreach (var name in cmdlet.Parameters.Keys.Except(Cmdlet.CommonParameters))
            {
                Assert.True(documented.TryGetValue(name, out var parameter), $"{cmdlet.Name} -{name} is not in the help.");
                Assert.False(string.IsNullOrWhiteSpace(string.Concat(Items(parameter!, "description").Select(text => Text(text, "Text")))), $"{cmdlet.Name} -{name} has no text.");
            }
            Assert.Empty(documented.Keys.Except(cmdlet.Parameters.Keys));
        }
    }

    [Fact]
    public void Help_says_of_each_parameter_what_the_engine_says()
    {
        foreach (var cmdlet in Cmdlets)
        {
            foreach (var documented in Items(Help(cmdlet), "parameters", "parameter"))
            {
                var parameter = cmdlet.Parameters[Text(documented, "name")];
                var first = parameter.ParameterSets.Values.First();
                Assert.Equal(first.IsMandatory ? "true" : "false", Text(documented, "required"));
                var type = parameter.ParameterType;
                if (parameter.SwitchParameter) continue;
                var written = Text(documented, "parameterValue");
                Assert.Equal((Nullable.GetUnderlyingType(type) ?? type).Name, Shorthands.GetValueOrDefault(written, written));
            }
        }
    }

    [Fact]
    public void Examples_parse()
    {
        foreach (var example in Cmdlets.SelectMany(cmdlet => Items(Help(cmdlet), "examples", "example")))
        {
            System.Management.Automation.Language.Parser.ParseInput(Text(example, "code"), out _, out var errors);
            Assert.Empty(errors);
        }
    }

    [Fact]
    public void Examples_name_only_cmdlets_and_parameters_that_exist()
    {
        var names = Cmdlets.ToDictionary(cmdlet => cmdlet.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var cmdlet in Cmdlets)
        {
            foreach (var example in Items(Help(cmdlet), "examples", "example"))
            {
                var script = System.Management.Automation.Language.Parser.ParseInput(Text(example, "code"), out _, out _);
                foreach (var command in script.FindAll(node => node is System.Management.Automation.Language.CommandAst, true).Cast<System.Management.Automation.Language.CommandAst>())
                {
                    if (command.GetCommandName() is not { } name || !name.Contains("-Guardrail", StringComparison.OrdinalIgnoreCase)) continue;
                    Assert.True(names.TryGetValue(name, out var used), $"{cmdlet.Name}: an example uses {name}, which there is not.");
                    foreach (var parameter in command.CommandElements.OfType<System.Management.Automation.Language.CommandParameterAst>())
                        Assert.True(used!.Parameters.ContainsKey(parameter.ParameterName), $"{cmdlet.Name}: {name} has no -{parameter.ParameterName}.");
                }
            }
        }
    }

    [Fact]
    public void The_about_topic_is_found() =>
        Assert.Contains("Trying it out", engine.Run("Get-Help about_Guardrails").Single.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Error_ids_are_unique_and_each_says_what_to_do()
    {
        var catalogue = Cmdlets[0].ImplementingType.Assembly.GetType("Guardrails.Cmdlets.Errors", throwOnError: true)!;
        var errors = catalogue.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, Error: field.GetValue(null)!)).ToList();
        Assert.True(errors.Count > 10);
        string Value(object error, string property) => error.GetType().GetProperty(property)!.GetValue(error)!.ToString()!;
        Assert.Equal(errors.Count, errors.Select(one => Value(one.Error, "Id")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(errors, one => Assert.Equal(one.Name, Value(one.Error, "Id")));
        Assert.All(errors, one => Assert.EndsWith(".", Value(one.Error, "Action"), StringComparison.Ordinal));
    }

    private PSObject Help(CmdletInfo cmdlet) => engine.Run("Get-Help $args[0] -Full", cmdlet.Name).Single;

    private static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString()?.Trim() ?? "";

    private static List<PSObject> Items(PSObject item, params string[] path)
    {
        object? value = item;
        foreach (var name in path) value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is IEnumerable many and not string) return [.. many.Cast<object>().Select(PSObject.AsPSObject)];
        return value is null ? [] : [PSObject.AsPSObject(value)];
    }
}
