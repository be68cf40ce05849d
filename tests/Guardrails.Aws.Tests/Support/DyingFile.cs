using System.Diagnostics;

namespace Guardrails.Aws.Tests;

/// <summary>A journal's file whose process is killed (SIGKILL) at the nth line: before it is written, before or after it is flushed to the disk.</summary>
internal sealed class DyingFile(string path, string moment, int nth) : FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 })
{
    public const string BeforeWrite = "before-write";
    public const string BeforeFlush = "before-flush";
    public const string AfterFlush = "after-flush";
    private int _lines;

    public static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    // For a derived class FileStream brings a span back to the array's overload, so that one is where lines are counted.
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (++_lines == nth && moment == BeforeWrite) Die();
        base.Write(buffer, offset, count);
    }

    public override void Flush(bool flushToDisk)
    {
        if (_lines == nth && moment == BeforeFlush) Die();
        base.Flush(flushToDisk);
        if (_lines == nth && moment == AfterFlush) Die();
    }
}

/// <summary>A wire on which the process is killed at the nth writing call: before it is sent, or when the service has done it and the answer is not read.</summary>
internal sealed class DyingWire(HttpMessageHandler inner, string moment, int nth) : DelegatingHandler(inner)
{
    public const string BeforeEffect = "before-effect";
    public const string BeforeAnswer = "before-answer";
    private int _calls;

    public static bool IsWriting(string operation) => operation is "CreateAccount" or "MoveAccount" or "CreateOrganizationalUnit" or "TagResource";

    public static string OperationOf(HttpRequestMessage request) => request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.Single().Split('.')[^1] : "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var here = IsWriting(OperationOf(request)) && Interlocked.Increment(ref _calls) == nth;
        if (here && moment == BeforeEffect) DyingFile.Die();
        var answer = await base.SendAsync(request, cancellationToken);
        if (here && moment == BeforeAnswer) DyingFile.Die();
        return answer;
    }
}
