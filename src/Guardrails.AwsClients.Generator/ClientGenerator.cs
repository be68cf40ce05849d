using System.Text;
using System.Xml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Guardrails.AwsClients.Generator;

/// <summary>Turns every <c>*.model.json</c> among the additional files into an AWS service client with the official package's names.</summary>
[Generator]
public sealed class ClientGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor BadModel = new(
        "GRDAWS001", "API model cannot be read", "{0}: {1}", "Guardrails.AwsClients", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".model.json", StringComparison.Ordinal))
            .Select(static (file, cancel) => (file.Path, Text: file.GetText(cancel)?.ToString() ?? ""));
        context.RegisterSourceOutput(models, static (output, file) => Generate(output, file.Path, file.Text));
    }

    private static void Generate(SourceProductionContext output, string path, string text)
    {
        ServiceModel model;
        try
        {
            model = ModelReader.Read(text);
        }
        catch (Exception e) when (e is XmlException or FormatException or ModelException)
        {
            output.ReportDiagnostic(Diagnostic.Create(BadModel, Location.None, path, e.Message));
            return;
        }

        void Add(string part, Action<SourceWriter> emit)
        {
            var source = new SourceWriter(model);
            emit(source);
            output.AddSource($"{model.Prefix}.{part}.g.cs", SourceText.From(source.ToString(), Encoding.UTF8));
        }

        Add("Config", w => ConfigEmitter.Emit(w, model));
        Add("Client", w => ClientEmitter.Emit(w, model));
        Add("Enumerations", w => EnumerationEmitter.Emit(w, model));
        Add("Exceptions", w => ExceptionEmitter.Emit(w, model));
        Add("Model", w => ShapeEmitter.Emit(w, model));
        if (model.Paged.Count > 0)
            Add("Paginators", w => PaginatorEmitter.Emit(w, model));
    }
}
