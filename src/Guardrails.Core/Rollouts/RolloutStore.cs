using System.Globalization;
using System.Security.Cryptography;

namespace Guardrails;

/// <summary>
/// The folder of the rollouts' journals, one file each: <c>ID.journal</c>. It is the module's state folder unless the user names a file:
/// <c>$XDG_STATE_HOME/guardrails/rollouts</c> or <c>~/.local/state/guardrails/rollouts</c>, on Windows <c>%LOCALAPPDATA%\Guardrails\rollouts</c>.
/// </summary>
internal sealed class RolloutStore(string folder)
{
    private const string Extension = ".journal";

    /// <summary>The state folder of the user who runs this process.</summary>
    public static string DefaultFolder()
    {
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Guardrails", "rollouts");
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathRooted(state)) state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "guardrails", "rollouts");
    }

    /// <summary>A new rollout's journal, in this folder or in the file that the user names.</summary>
    /// <param name="clock">The clock of the cloud that is changed: one for all lines of the journal, and for the rollout's id.</param>
    /// <param name="rehearsal">What it changes is a sandbox.</param>
    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    public RolloutJournal Create(TimeProvider clock, string? path = null, bool rehearsal = false)
    {
        var id = NewId(clock);
        if (path is not null) return RolloutJournal.Create(path, id, clock, rehearsal);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return RolloutJournal.Create(PathOf(id), id, clock, rehearsal);
    }

    /// <summary>The file of a rollout of this folder; null where there is none.</summary>
    public string? Find(string id) => PathOf(Path.GetFileName(id)) is var path && File.Exists(path) ? path : null;

    /// <summary>The rollouts of this folder, newest first. One whose journal cannot be read is among them, and says why.</summary>
    public IEnumerable<Rollout> List() => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*" + Extension)
        .Select(ReadOrSay)
        // An id tells the second; rollouts of one second are told apart by what stands in them.
        .OrderByDescending(rollout => rollout.Id.Split('-')[0], StringComparer.Ordinal)
        .ThenByDescending(rollout => rollout.StartedAt).ThenByDescending(rollout => rollout.Id, StringComparer.Ordinal);

    /// <summary>A rollout as its journal tells of it, also while a process is at it.</summary>
    /// <exception cref="InvalidDataException">It is not a journal, or is damaged.</exception>
    public static Rollout Read(string path)
    {
        var history = History(path);
        var done = history.Finished.Count();
        var failed = history.Ended.Values.Count(ended => ended.Status is ChangeStatus.Failed or ChangeStatus.Conflict or ChangeStatus.Skipped);
        return new Rollout
        {
            // The id is lost where its process died in the first line.
            Id = history.RolloutId.Length > 0 ? history.RolloutId : Path.GetFileNameWithoutExtension(path),
            Command = history.Planned?.Command ?? "",
            State = StateOf(history, path, failed),
            StartedAt = history.StartedAt,
            OrganizationId = history.Planned?.OrganizationId,
            Rehearsal = history.Rehearsal,
            Changes = history.Planned?.Plan.Changes.Count ?? 0,
            Done = done,
            Failed = failed,
            Holder = history.Holder,
            Message = history.Undone is [.., var undone] ? $"Taken back by rollout {undone.By} ({undone.At:u})." : null,
            Path = path,
        };
    }

    /// <summary>What stands in a journal, also while a process is at it.</summary>
    /// <exception cref="InvalidDataException">It is not a journal, or is damaged.</exception>
    public static RolloutHistory History(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return RolloutHistory.Read(file, path);
    }

    /// <summary>What the journals of this folder tell of an organization, the oldest first. One that cannot be read tells of nothing.</summary>
    /// <param name="rehearsal">Rollouts on a sandbox of that organization, which the organization itself knows nothing of.</param>
    public IEnumerable<RolloutHistory> Histories(string organizationId, bool rehearsal) => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*" + Extension)
        .Order(StringComparer.Ordinal).Select(TryHistory).OfType<RolloutHistory>().Where(history => history.Planned?.OrganizationId == organizationId && history.Rehearsal == rehearsal);

    /// <summary>What stands in a journal; null where it cannot be read.</summary>
    public static RolloutHistory? TryHistory(string path)
    {
        try
        {
            return History(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// What the rollouts that took this one back have really taken back: their ids, by the id of the change that did it. A journal that is
    /// gone, or whose rollout was itself taken back, says nothing: then the changes look at the cloud.
    /// </summary>
    public static IReadOnlyDictionary<string, string> TakenBack(RolloutHistory history)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var undone in history.Undone)
            if (TryHistory(undone.Path) is { Undone.Count: 0 } undo)
                foreach (var ended in undo.Finished) taken[ended.Change] = undone.By;
        return taken;
    }

    private static RolloutState StateOf(RolloutHistory history, string path, int failed)
    {
        if (history.Undone.Count > 0) return RolloutState.Undone;
        if (history.Closed is { Stopped: true }) return RolloutState.Stopped;
        if (history.Closed is not null) return failed > 0 ? RolloutState.CompletedWithErrors : RolloutState.Completed;
        return RolloutJournal.IsHeld(path) ? RolloutState.Running : RolloutState.Interrupted;
    }

    private static Rollout ReadOrSay(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new Rollout { Id = Path.GetFileNameWithoutExtension(path), Command = "", State = RolloutState.Unreadable, Message = e.Message, Path = path };
        }
    }

    private string PathOf(string id) => Path.Combine(folder, id + Extension);

    private static string NewId(TimeProvider clock) => string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmss}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
