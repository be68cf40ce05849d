using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>AWS JSON 1.1: the operation in X-Amz-Target, JSON both ways
/// (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html, read 2026-08).</summary>
internal static class JsonProtocol
{
    public const string ContentType = "application/x-amz-json-1.1";

    public static byte[] WriteResult(JsonObject output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) output.WriteTo(json);
        return stream.ToArray();
    }

    /// <param name="modeled">The service's model has the exception: then the text is its member Message; else AWS's front end writes message.</param>
    public static byte[] WriteError(AwsError error, string code, bool modeled)
    {
        var body = new JsonObject { ["__type"] = code, [modeled ? "Message" : "message"] = error.Message };
        if (error.Reason is not null) body["Reason"] = error.Reason;
        foreach (var (name, value) in error.Members ?? []) body[name] = value?.DeepClone();
        return WriteResult(body);
    }
}
