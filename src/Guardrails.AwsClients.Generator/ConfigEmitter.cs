namespace Guardrails.AwsClients.Generator;

/// <summary>The client's configuration: names of the service and its endpoints.</summary>
internal static class ConfigEmitter
{
    public static void Emit(SourceWriter w, ServiceModel model)
    {
        var id = SourceWriter.Quote(model.ServiceId);
        var endpoint = SourceWriter.Quote(model.Endpoint);
        var regions = string.Join(", ", model.Global.Select(g => $"[{SourceWriter.Quote(g.Key)}] = {SourceWriter.Quote(g.Value)}"));
        var global = model.Global.Count == 0 ? "" : $", new Dictionary<string, string> {{ {regions} }}";
        var fips = model.PlainFips is null ? "" : $", plainFips: {SourceWriter.Quote(model.PlainFips)}";
        w.Lines($$"""
            namespace {{model.Namespace}}
            {
            public partial class {{model.Client}}Config : ClientConfig
            {
            private static readonly string UserAgentString = ServiceInfo.UserAgent({{id}}, {{SourceWriter.Quote(model.Version)}});
            public {{model.Client}}Config() : base(new DefaultConfigurationProvider(ServiceDefaults.All))
            {
            base.ServiceId = {{id}};
            AuthenticationServiceName = {{SourceWriter.Quote(model.Signing)}};
            EndpointProvider = new ServiceEndpointProvider({{endpoint}}{{global}}{{fips}});
            }
            public static new string ServiceId => {{id}};
            public override string RegionEndpointServiceName => {{endpoint}};
            public override string ServiceVersion => {{SourceWriter.Quote(model.Version)}};
            public override string UserAgent => UserAgentString;
            public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
                ServiceEndpointResolver.Determine(this, ServiceId, parameters);
            }
            }
            """);
    }
}
