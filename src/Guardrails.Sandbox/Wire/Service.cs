using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>One AWS service on the wire: its protocol, its model, its operations.</summary>
internal abstract class Service(string name, ServiceModel model, IReadOnlyDictionary<string, Operation> operations, FrozenSet<string> notHere)
{
    /// <summary>The largest tolerated length of an operation's name in errors and in the log.</summary>
    private const int LongestName = 64;

    public string Name => name;

    public ServiceModel Model => model;

    /// <summary>Of its answers.</summary>
    public abstract string ContentType { get; }

    /// <summary>The operation's name as the client gave it.</summary>
    public abstract string OperationOf(WireRequest request);

    /// <exception cref="AwsError">The body isn't of the protocol.</exception>
    public abstract JsonObject ReadInput(StructureShape shape, WireRequest request);

    /// <summary>The error of a request that its model doesn't allow.</summary>
    public abstract AwsError Refusal(IReadOnlyList<Violation> violations);

    public abstract WireResponse Result(string operation, JsonObject output, string requestId);

    public abstract WireResponse Error(AwsError error, string requestId);

    /// <summary>The code under which this service answers the error.</summary>
    public abstract string CodeOf(AwsError error);

    public virtual bool Writes(string operation) => !(operation.StartsWith("Describe", StringComparison.Ordinal)
        || operation.StartsWith("List", StringComparison.Ordinal) || operation.StartsWith("Get", StringComparison.Ordinal));

    /// <exception cref="AwsError">AWS has no such operation, or the sandbox doesn't.</exception>
    public (Operation Operation, StructureShape Input) Find(string operation)
    {
        if (operations.TryGetValue(operation, out var found) && model.Inputs.TryGetValue(operation, out var input)) return (found, input);
        if (model.Inputs.ContainsKey(operation) || notHere.Contains(operation))
            throw new AwsError("UnsupportedOperationException", $"The sandbox does not have {operation}, an operation of AWS {name}.");
        throw Unknown(operation);
    }

    public (JsonObject Input, IReadOnlyList<Violation> Violations) Read(StructureShape shape, WireRequest request)
    {
        var input = ReadInput(shape, request);
        return (input, RequestValidator.Check(shape, input));
    }

    protected abstract AwsError Unknown(string operation);

    protected static string Short(string operation) => operation.Length <= LongestName ? operation : operation[..LongestName] + "…";
}
