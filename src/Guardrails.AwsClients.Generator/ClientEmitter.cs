namespace Guardrails.AwsClients.Generator;

/// <summary>Interface and class of the client, and the table of what each operation sends and may answer.</summary>
internal static class ClientEmitter
{
    private static readonly string[][] Credentials =
    [
        [],
        ["AWSCredentials credentials"],
        ["string awsAccessKeyId", "string awsSecretAccessKey"],
        ["string awsAccessKeyId", "string awsSecretAccessKey", "string awsSessionToken"],
    ];

    public static void Emit(SourceWriter w, ServiceModel model)
    {
        w.Open($"namespace {model.Namespace}");
        Interface(w, model);
        w.Open($"public partial class {model.Client}Client : AmazonServiceClient, I{model.Client}");
        Constructors(w, model);
        if (model.Paged.Count > 0)
        {
            w.Line($"private I{model.Prefix}PaginatorFactory _paginators;");
            w.Line($"public I{model.Prefix}PaginatorFactory Paginators => _paginators ??= new {model.Prefix}PaginatorFactory(this);");
        }

        w.Lines("""
            protected override IServiceMetadata ServiceMetadata => Operations.Service;
            protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Operations.Service.Customize(pipeline);
            protected override void Dispose(bool disposing) => base.Dispose(disposing);
            public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
                Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));
            """);
        foreach (var operation in model.Operations)
        {
            var name = operation.Name;
            w.Line($"public virtual Task<{name}Response> {name}Async({name}Request request, CancellationToken cancellationToken = default) =>");
            w.Line($"    InvokeAsync<{name}Response>(request, Operations.{name}, cancellationToken);");
        }

        Table(w, model);
        w.Close();
        w.Close();
    }

    private static void Interface(SourceWriter w, ServiceModel model)
    {
        var client = model.Client;
        w.Open($"public partial interface I{client} : IAmazonService, IDisposable");
        if (model.Paged.Count > 0)
            w.Line($"I{model.Prefix}PaginatorFactory Paginators {{ get; }}");
        foreach (var operation in model.Operations)
        {
            var name = operation.Name;
            w.Line($"Task<{name}Response> {name}Async({name}Request request, CancellationToken cancellationToken = default);");
        }

        w.Lines($"""
            Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);
            static ClientConfig IAmazonService.CreateDefaultClientConfig() => new {client}Config();
            static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
                clientConfig is not {client}Config config
                ? throw new AmazonClientException("ClientConfig is not of type {client}Config to create {client}Client")
                : awsCredentials is null ? new {client}Client(config) : new {client}Client(awsCredentials, config);
            """);
        w.Close();
    }

    private static void Constructors(SourceWriter w, ServiceModel model)
    {
        var (client, config) = (model.Client + "Client", model.Client + "Config");
        foreach (var parameters in Credentials)
        {
            var arguments = string.Concat(parameters.Select(p => p.Split(' ')[1] + ", "));
            var head = string.Join(", ", parameters);
            var before = string.Concat(parameters.Select(p => p + ", "));
            var name = parameters.Length == 0 ? "config" : "clientConfig";
            w.Line($"public {client}({head}) : base({arguments}new {config}()) {{ }}");
            w.Line($"public {client}({before}Amazon.RegionEndpoint region) : base({arguments}new {config} {{ RegionEndpoint = region }}) {{ }}");
            w.Line($"public {client}({before}{config} {name}) : base({arguments}{name}) {{ }}");
        }
    }

    private static void Table(SourceWriter w, ServiceModel model)
    {
        w.Open("private static class Operations");
        w.Open("public static readonly ServiceInfo Service = new()");
        w.Line($"ServiceId = {SourceWriter.Quote(model.ServiceId)},");
        w.Line($"Namespace = {SourceWriter.Quote(model.Namespace)},");
        w.Line($"ApiVersion = {SourceWriter.Quote(model.Version)},");
        if (model.Target is not null)
        {
            w.Line($"TargetPrefix = {SourceWriter.Quote(model.Target)},");
            w.Line($"ContentType = {SourceWriter.Quote("application/x-amz-json-" + model.JsonVersion)},");
        }

        var unsigned = model.Operations.Where(o => !o.IsSigned).Select(o => SourceWriter.Quote(o.Name + "Request")).ToList();
        if (unsigned.Count > 0)
            w.Line($"Unsigned = new HashSet<string> {{ {string.Join(", ", unsigned)} }},");
        w.Line($"DefaultError = static (message, inner, type, code, id, status) => new {model.Client}Exception(message, inner, type, code, id, status),");
        w.Line("Errors = new Dictionary<string, ErrorFactory>");
        w.Line("{");
        foreach (var error in model.Exceptions)
        {
            var line = $"static (message, inner, type, code, id, status) => new {error.Structure.Name}(message, inner, type, code, id, status)";
            foreach (var code in new[] { error.Code, error.Structure.Name }.Distinct())
                w.Line($"[{SourceWriter.Quote(code)}] = {line},");
        }

        w.Close(",");
        w.Close(";");
        foreach (var operation in model.Operations)
        {
            var request = model.Structures.First(s => s.Name == operation.Name + "Request");
            var hasBody = model.Target is not null || request.Body.Any() ? "true" : "false";
            var words = string.Join(", ", new[] { operation.Name, operation.Method, operation.Path }.Select(SourceWriter.Quote));
            w.Line($"public static readonly InvokeOptions {operation.Name} = Service.Operation<{operation.Name}Response>({words}, hasBody: {hasBody});");
        }

        w.Close();
    }
}
