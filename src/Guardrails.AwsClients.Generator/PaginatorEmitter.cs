namespace Guardrails.AwsClients.Generator;

/// <summary>Paginators: the responses of a listing one after the other, and its items where the official package hands those out.</summary>
internal static class PaginatorEmitter
{
    public static void Emit(SourceWriter w, ServiceModel model)
    {
        w.Open($"namespace {model.Namespace}.Model");
        Factory(w, model);
        foreach (var operation in model.Paged)
            Paginator(w, model, operation.Name, operation.Paging!);
        w.Close();
    }

    private static void Factory(SourceWriter w, ServiceModel model)
    {
        var factory = model.Prefix + "PaginatorFactory";
        w.Open($"public partial interface I{factory}");
        foreach (var operation in model.Paged)
            w.Line($"I{operation.Name}Paginator {operation.Name}({operation.Name}Request request);");
        w.Close();
        w.Open($"public partial class {factory} : I{factory}");
        w.Line($"private readonly I{model.Client} client;");
        w.Line($"internal {factory}(I{model.Client} client) => this.client = client;");
        foreach (var operation in model.Paged)
            w.Line($"public I{operation.Name}Paginator {operation.Name}({operation.Name}Request request) => new {operation.Name}Paginator(client, request);");
        w.Close();
    }

    private static void Paginator(SourceWriter w, ServiceModel model, string name, Paging paging)
    {
        var element = paging.Items is null ? null : ItemType(model, name, paging.Items);
        w.Open($"public partial interface I{name}Paginator");
        w.Line($"IPaginatedEnumerable<{name}Response> Responses {{ get; }}");
        if (element is not null)
            w.Line($"IPaginatedEnumerable<{element}> {paging.Items} {{ get; }}");
        w.Close();

        w.Open($"internal sealed partial class {name}Paginator(I{model.Client} client, {name}Request request) : I{name}Paginator");
        w.Line($"private readonly Paginator<{name}Request, {name}Response> _pages =");
        w.Line($"    new(request, static r => r.{paging.Input}, static (r, token) => r.{paging.Input} = token,");
        w.Line($"        client.{name}Async, static r => r.{paging.Output});");
        w.Line($"public IPaginatedEnumerable<{name}Response> Responses => new PaginatedResponse<{name}Response>(_pages);");
        if (element is not null)
        {
            w.Line($"public IPaginatedEnumerable<{element}> {paging.Items} =>");
            w.Line($"    new PaginatedResultKeyResponse<{name}Response, {element}>(_pages, static r => r.{paging.Items} ?? new List<{element}>());");
        }

        w.Close();
    }

    private static string ItemType(ServiceModel model, string operation, string items)
    {
        var response = model.Structures.First(s => s.Name == operation + "Response");
        var member = response.Members.FirstOrDefault(m => m.Name == items) ?? throw new ModelException($"{operation}: no member {items} to page over");
        return TypeSyntax.Element(member.Type.Element);
    }
}
