using System.Diagnostics;

namespace Guardrails;

/// <summary>
/// A rollout's journal on disk: append-only, one line an event, on the disk before the call that it announces is sent. Readable by
/// its owner only. One process holds it at a time, by a lock file beside it.
/// </summary>
internal sealed class RolloutJournal : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Who only looks has the lock for microseconds; who means to keep it has it for longer than all of these together.
    private const int MostAttemptsToHold = 20;
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly Stream _file;
    private readonly FileStream? _held;
    private volatile Exception? _broken;

    /// <param name="file">Where lines go, at its end; a file on a disk is flushed to it after each.</param>
    internal RolloutJournal(Stream file, FileStream? held = null)
    {
        _file = file;
        _held = held;
    }

    /// <summary>The rollout's id; empty for a journal that is not a file.</summary>
    public string RolloutId { get; private init; } = "";

    /// <summary>Why nothing can be written to it any more; null while it can.</summary>
    public Exception? Broken => _broken;

    /// <summary>The journal's file; empty for one that is not a file.</summary>
    public string Path { get; private init; } = "";

    /// <summary>Starts a journal in a new file.</summary>
    /// <param name="rehearsal">What it changes is a sandbox.</param>
    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    /// <exception cref="RolloutHeldException">Another process is at it.</exception>
    public static RolloutJournal Create(string path, string rolloutId, TimeProvider clock, bool rehearsal = false)
    {
        var held = Hold(path);
        try
        {
            var journal = Open(path, FileMode.CreateNew, held, rolloutId);
            journal.WriteOpened(clock, rehearsal);
            return journal;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Takes up a journal that a process has left, and says what stands in it. A last line that was cut off is taken away: its call was never made.</summary>
    /// <exception cref="RolloutHeldException">Another process is at it.</exception>
    /// <exception cref="InvalidDataException">It is not a journal, or a line in its middle is damaged.</exception>
    public static (RolloutJournal Journal, RolloutHistory History) Resume(string path, TimeProvider clock)
    {
        var (journal, history) = TakeUp(path);
        try
        {
            journal.WriteOpened(clock);
            return (journal, history);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Holds a journal that a process has left without going on with its rollout: for who takes it back.</summary>
    /// <exception cref="RolloutHeldException">Another process is at it.</exception>
    /// <exception cref="InvalidDataException">It is not a journal, or a line in its middle is damaged.</exception>
    public static (RolloutJournal Journal, RolloutHistory History) TakeUp(string path)
    {
        var held = Hold(path);
        try
        {
            RolloutHistory history;
            using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                history = RolloutHistory.Read(file, path);
                file.SetLength(history.Length);
                file.Flush(flushToDisk: true);
            }
            return (Open(path, FileMode.Append, held, history.RolloutId), history);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>True while a process is at the rollout.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path + ".lock")) return false;
        try
        {
            // Shares the lock with others who look, and is refused by who holds it.
            using var looked = new FileStream(path + ".lock", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Writes a line and waits until it is on the disk. After a write that failed no other succeeds: no call may be made that is not announced.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Write(JournalRecord record)
    {
        var line = JournalLine.Write(record);
        lock (_lock)
        {
            if (_broken is not null) throw new IOException("The rollout's journal cannot be written any more: " + _broken.Message, _broken);
            try
            {
                _file.Write(line);
                if (_file is FileStream disk) disk.Flush(flushToDisk: true);
            }
            catch (Exception e)
            {
                _broken = e;
                throw;
            }
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _held?.Dispose();
    }

    /// <summary>Who this process is, for others who want the rollout.</summary>
    public static string Self()
    {
        using var process = Process.GetCurrentProcess();
        return $"process {process.Id} ({process.ProcessName}) of {Environment.UserName} on {Environment.MachineName}";
    }

    private static RolloutJournal Open(string path, FileMode mode, FileStream held, string rolloutId)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new RolloutJournal(new FileStream(path, options), held) { RolloutId = rolloutId, Path = path };
    }

    private void WriteOpened(TimeProvider clock, bool rehearsal = false) =>
        Write(new RolloutOpened(clock.GetUtcNow(), RolloutId, Self(), typeof(RolloutJournal).Assembly.GetName().Version?.ToString(3) ?? "", rehearsal));

    // The lock file stays when it is let go: deleting it would let two others in, one by the old file and one by a new one.
    private static FileStream Hold(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path + ".lock", options);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (attempt < MostAttemptsToHold)
                {
                    Thread.Sleep(PauseBetweenAttempts);
                    continue;
                }
                if (!File.Exists(path)) throw;
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var history = RolloutHistory.Read(file, path);
                throw new RolloutHeldException(path, history.Holder ?? "another process", history.HeldSince, e);
            }
        }
    }
}

/// <summary>Another process is at the rollout.</summary>
public sealed class RolloutHeldException : Exception
{
    internal RolloutHeldException(string path, string holder, DateTimeOffset? since, Exception inner)
        : base($"The rollout '{path}' is held by {holder}{(since is { } at ? $" since {at:u}" : "")}.", inner)
    {
        Holder = holder;
        Since = since;
    }

    /// <summary>Process, user and machine.</summary>
    public string Holder { get; }

    /// <summary>Since when; null where the journal does not say.</summary>
    public DateTimeOffset? Since { get; }
}
