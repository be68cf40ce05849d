using System.Buffers;

namespace Guardrails.Sandbox;

/// <summary>
/// The organization in memory and its file. A call that changed something waits until the change is on disk; calls that wait at the same time share one save,
/// because each save writes the whole file.
/// </summary>
internal sealed class StateStore(string path, OrganizationState state, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Lock queue = new();
    private readonly ArrayBufferWriter<byte> buffer = new();
    private TaskCompletionSource? next;
    private Task running = Task.CompletedTask;

    /// <summary>Saves since it was opened.</summary>
    public long Saves { get; private set; }

    /// <summary>Runs with the state to itself.</summary>
    public T Use<T>(Func<OrganizationState, T> body)
    {
        lock (gate) return body(state);
    }

    /// <summary>Completes when everything that was changed before the call is on disk.</summary>
    public Task SaveAsync()
    {
        lock (queue)
        {
            next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var mine = next.Task;
            if (running.IsCompleted) running = Task.Run(SaveAll);
            return mine;
        }
    }

    /// <summary>Blocks until no save is running or asked for.</summary>
    public void WaitForSaves()
    {
        while (true)
        {
            Task save;
            lock (queue)
            {
                if (running.IsCompleted && next is null) return;
                save = running;
            }
            save.Wait();
        }
    }

    private void SaveAll()
    {
        while (true)
        {
            TaskCompletionSource batch;
            lock (queue)
            {
                if (next is null)
                {
                    // Under the lock, so that the next to ask sees that nobody will come for him.
                    running = Task.CompletedTask;
                    return;
                }
                batch = next;
                next = null;
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
        buffer.ResetWrittenCount();
        lock (gate) SandboxFile.Write(buffer, state, clock.GetUtcNow());
        SandboxFile.Replace(path, buffer.WrittenSpan);
        Saves++;
    }
}
