using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>
/// A cmdlet whose work runs on other threads. PowerShell allows output, errors and questions only on the pipeline's thread, so the
/// work posts them to a queue that the pipeline's thread empties. When the user stops the pipeline, or a later command ends it, the
/// work is cancelled and waited for, up to <see cref="StopGrace"/>: it has bookkeeping to finish.
/// </summary>
public abstract class AsyncCmdlet : GuardrailCmdlet, IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private BlockingCollection<Action> _queue = [];
    private long _lastProgress;
    private bool _progressShown;

    private protected AsyncCmdlet()
    {
    }

    /// <summary>How long a stopped pipeline waits for the work to finish its bookkeeping.</summary>
    private protected virtual TimeSpan StopGrace => TimeSpan.FromSeconds(10);

    /// <summary>What the progress bar says is being done.</summary>
    private protected virtual string Activity => MyInvocation.MyCommand.Name;

    /// <summary>Once, before the first object from the pipeline.</summary>
    private protected virtual Task BeginAsync(CallScope scope) => Task.CompletedTask;

    /// <summary>For each object from the pipeline. A cmdlet that only collects them overrides <c>ProcessRecord</c> instead.</summary>
    private protected virtual Task ProcessAsync(CallScope scope) => Task.CompletedTask;

    /// <summary>Once, after the last object from the pipeline.</summary>
    private protected virtual Task EndAsync(CallScope scope) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Run(BeginAsync);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _stop.Dispose();
        _queue.Dispose();
    }

    /// <summary>Writes an object to the pipeline. From any thread.</summary>
    private protected void Emit(object item) => Post(() => WriteObject(item));

    /// <summary>Writes a warning. From any thread.</summary>
    private protected void Warn(string message) => Post(() => WriteWarning(message));

    /// <summary>Writes to the verbose stream. From any thread.</summary>
    private protected void Say(string message) => Post(() => WriteVerbose(message));

    /// <summary>Writes an error that concerns one item and ends nothing. From any thread.</summary>
    private protected void Report(ErrorRecord error) => Post(() => WriteError(error));

    /// <summary>Shows how far the work is, at most ten times a second. From any thread.</summary>
    /// <param name="status">What is being done, or how many are done.</param>
    /// <param name="percent">0 to 100; negative where it is not known.</param>
    /// <param name="remaining">About how long it still takes; null where that is not known.</param>
    private protected void ReportProgress(string status, int percent = -1, TimeSpan? remaining = null)
    {
        if (string.IsNullOrEmpty(status)) return;
        var last = Interlocked.Read(ref _lastProgress);
        if (last != 0 && Stopwatch.GetElapsedTime(last) < ProgressInterval) return;
        if (Interlocked.CompareExchange(ref _lastProgress, Stopwatch.GetTimestamp(), last) != last) return;
        Post(() =>
        {
            _progressShown = true;
            WriteProgress(new ProgressRecord(ActivityId, Activity, status)
            {
                PercentComplete = Math.Clamp(percent, -1, 100),
                SecondsRemaining = remaining is { } time ? (int)Math.Ceiling(time.TotalSeconds) : -1,
            });
        });
    }

    /// <summary>Asks the user, and -WhatIf, whether to do it. From any thread but the pipeline's.</summary>
    private protected Task<bool> ShouldProcessAsync(string target, string action) => AskAsync(() => ShouldProcess(target, action));

    /// <summary>Runs a function on the pipeline's thread and gives its answer to the work.</summary>
    private protected Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                answer.TrySetResult(question());
            }
            catch (Exception e)
            {
                answer.TrySetException(e);
                throw;
            }
        });
        return answer.Task.WaitAsync(_stop.Token);
    }

    private int ActivityId => MyInvocation.MyCommand.Name.GetHashCode(StringComparison.Ordinal) & int.MaxValue;

    private void Post(Action action)
    {
        try
        {
            _queue.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The pipeline has ended; nobody listens any more.
        }
    }

    private void Run(Func<CallScope, Task> work)
    {
        if (_stop.IsCancellationRequested) throw new PipelineStoppedException();
        var queue = new BlockingCollection<Action>();
        _queue.Dispose();
        _queue = queue;
        var running = Task.Run(async () =>
        {
            try
            {
                await work(Scope());
            }
            finally
            {
                queue.CompleteAdding();
            }
        });
        try
        {
            foreach (var action in queue.GetConsumingEnumerable(_stop.Token)) action();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            WaitForBookkeeping(running);
            throw new PipelineStoppedException();
        }
        catch
        {
            // A later command has ended the pipeline, or an error is to end it: the work must end as on Ctrl+C.
            _stop.Cancel();
            WaitForBookkeeping(running);
            throw;
        }
        HideProgress();
        Finish(running);
    }

    private void Finish(Task running)
    {
        try
        {
            running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ErrorRecordException e)
        {
            Fail(e.ErrorRecord);
        }
        catch (Exception e) when (e is not (PipelineStoppedException or RuntimeException))
        {
            Fail(Errors.Describe(e));
        }
    }

    private void WaitForBookkeeping(Task running)
    {
        try
        {
            running.Wait(StopGrace);
        }
        catch (AggregateException)
        {
            // The pipeline has ended already: an error of the work can no longer be shown.
        }
    }

    private void HideProgress()
    {
        if (!_progressShown) return;
        _progressShown = false;
        WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private CallScope Scope() => new(_stop.Token, call => Post(() => WriteVerbose(Describe(call))), status => ReportProgress(status));

    private static string Describe(CallTrace call)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{call.Operation} {call.Duration.TotalMilliseconds:F0} ms");
        if (call.Attempt > 1) text += string.Create(CultureInfo.InvariantCulture, $", attempt {call.Attempt}");
        if (call.Error is not null) text += $", {call.Error}";
        if (call.RetryAfter is { } wait) text += string.Create(CultureInfo.InvariantCulture, $", again in {wait.TotalSeconds:0.0} s");
        return text;
    }
}
