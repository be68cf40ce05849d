namespace Guardrails.Aws;

/// <summary>What repeating a call means.</summary>
internal enum CallKind
{
    /// <summary>Changes nothing.</summary>
    Read,

    /// <summary>A write that has the same end state however often it is done.</summary>
    RepeatableWrite,

    /// <summary>A write that must not be sent again before somebody has looked.</summary>
    Write,
}

/// <param name="Name">Service and operation: <c>organizations:MoveAccount</c>.</param>
internal sealed record AwsOperation(string Name, CallKind Kind)
{
    public static AwsOperation Read(string name) => new(name, CallKind.Read);
    public static AwsOperation RepeatableWrite(string name) => new(name, CallKind.RepeatableWrite);
    public static AwsOperation Write(string name) => new(name, CallKind.Write);
}
