using System.Buffers;

namespace Guardrails.Sandbox;

/// <summary>
/// The organization in memory and its file. A call that changed something waits until the change is on disk; calls that wait at the same time share one save,
/// because each save writes the whole file.
/// </summary>
internal sealed class StateStore(string path, OrganizationState state, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Lock _queue = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private TaskCompletionSource? _next;
    private Task _running = Task.CompletedTask;

    /// <summary>Saves since it was opened.</summary>
    public long Saves { get; private set; }

    /// <summary>Runs with the state to itself.</summary>
    public T Use<T>(Func<OrganizationState, T> body)
    {
        lock (_gate) return body(state);
    }

    /// <summary>Completes when everything that was changed before the call is on disk.</summary>
    public Task SaveAsync()
    {
        lock (_queue)
        {
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var mine = _next.Task;
            if (_running.IsCompleted) _running = Task.Run(SaveAll);
            return mine;
        }
    }

    /// <summary>Blocks until no save is running or asked for.</summary>
    public void WaitForSaves()
    {
        while (true)
        {
            Task save;
            lock (_queue)
            {
                if (_running.IsCompleted && _next is null) return;
                save = _running;
            }
            save.Wait();
        }
    }

    private void SaveAll()
    {
        while (true)
        {
            TaskCompletionSource batch;
            lock (_queue)
            {
                if (_next is null)
                {
                    // Under the lock, so that the next to ask sees that nobody will come for him.
                    _running = Task.CompletedTask;
                    return;
                }
                batch = _next;
                _next = null;
            }
            try
            {
                SaveOnce();
                batch.SetResult();
            }
            catch (Exception e)
            {
                batch.SetException(e);
            }
        }
    }

    private void SaveOnce()
    {
        _buffer.ResetWrittenCount();
        lock (_gate) SandboxFile.Write(_buffer, state, clock.GetUtcNow());
        SandboxFile.Replace(path, _buffer.WrittenSpan);
        Saves++;
    }
}
