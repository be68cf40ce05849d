using System.Collections.Immutable;
using Guardrails.AwsClients.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Guardrails.AwsClients.Tests;

/// <summary>What the generator says of a model that it cannot turn into a client.</summary>
public sealed class GeneratorTests
{
    private const string Sound = """
        {"prefix":"X","serviceId":"X","endpoint":"x","signing":"x","version":"1","protocol":"rest-json",
         "operations":{"Do":{"http":"GET /do"}},"exceptions":{},"shapes":{"DoRequest":{"id":"string ! @query"},"DoResponse":{"name":"string"}}}
        """;

    [Fact]
    public void Sound_model_gives_sources_and_no_complaint()
    {
        var result = Run("sound.model.json", Sound);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            ["X.Client.g.cs", "X.Config.g.cs", "X.Enumerations.g.cs", "X.Exceptions.g.cs", "X.Model.g.cs"],
            result.Results.Single().GeneratedSources.Select(s => s.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void File_that_is_no_model_is_left_alone() => Assert.Empty(Run("appsettings.json", "{").Results.Single().GeneratedSources);

    [Theory]
    [InlineData("{", "{", "")]
    [InlineData("\"prefix\":\"X\",", "", "prefix is missing")]
    [InlineData("rest-json", "query", "protocol query is not generated")]
    [InlineData("\"protocol\":\"rest-json\"", "\"protocol\":\"json\"", "target is missing")]
    [InlineData("DoResponse", "DoneResponse", "operation Do has no shape DoResponse")]
    [InlineData("\"name\":\"string\"", "\"name\":\"strnig\"", "type strnig is not known")]
    [InlineData("\"name\":\"string\"", "\"name\":\"[strnig]\"", "type strnig is not known")]
    [InlineData("! @query", "! @querry", "member id: @querry is not known")]
    public void Broken_model_is_one_error_that_names_file_and_cause(string sound, string broken, string cause)
    {
        var result = Run("broken.model.json", sound == "{" ? sound : Sound.Replace(sound, broken, StringComparison.Ordinal));
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("GRDAWS001", DiagnosticSeverity.Error), (error.Id, error.Severity));
        Assert.StartsWith("broken.model.json: ", error.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains(cause, error.GetMessage(null), StringComparison.Ordinal);
    }

    private static GeneratorDriverRunResult Run(string path, string json)
    {
        var driver = CSharpGeneratorDriver.Create([new ClientGenerator().AsSourceGenerator()], ImmutableArray.Create<AdditionalText>(new Model(path, json)));
        return driver.RunGenerators(CSharpCompilation.Create("empty"), TestContext.Current.CancellationToken).GetRunResult();
    }

    private sealed class Model(string path, string json) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(json);
    }
}
