namespace Guardrails.AwsClients.Generator;

/// <summary>The service's base exception, and one type per error with the error's own members.</summary>
internal static class ExceptionEmitter
{
    // Properties of AmazonServiceException that some services name a member of their errors after.
    private static readonly string[] Inherited = ["ErrorCode", "ErrorType", "RequestId", "StatusCode"];

    public static void Emit(SourceWriter w, ServiceModel model)
    {
        var root = model.Client + "Exception";
        w.Open($"namespace {model.Namespace}");
        w.Open($"public partial class {root} : AmazonServiceException");
        Constructors(w, root);
        w.Close();
        w.Close();

        w.Open($"namespace {model.Namespace}.Model");
        foreach (var exception in model.Exceptions)
        {
            var shape = exception.Structure;
            var faces = (shape.Members.Count > 0 ? ", IShape" : "") + (shape.Bound.Count > 0 ? ", IBoundResponse" : "");
            w.Open($"public partial class {shape.Name} : {root}{faces}");
            Constructors(w, shape.Name);
            if (shape.Members.Count > 0)
                ShapeEmitter.Body(w, shape, Inherited);
            ShapeEmitter.ReadHeaders(w, shape);
            w.Close();
        }

        w.Close();
    }

    private static void Constructors(SourceWriter w, string name) => w.Lines($$"""
        public {{name}}() : base() { }
        public {{name}}(string message) : base(message) { }
        public {{name}}(string message, Exception innerException) : base(message, innerException) { }
        public {{name}}(Exception innerException) : base(innerException) { }
        public {{name}}(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
            : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
        public {{name}}(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
            : base(message, errorType, errorCode, requestId, statusCode) { }
        """);
}
