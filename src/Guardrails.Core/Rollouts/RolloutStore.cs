using System.Globalization;
using System.Security.Cryptography;

namespace Guardrails;

/// <summary>
/// The folder of the rollouts' journals, one file each: <c>ID.journal</c>. It is the module's state folder unless the user names a file:
/// <c>$XDG_STATE_HOME/guardrails/rollouts</c> or <c>~/.local/state/guardrails/rollouts</c>, on Windows <c>%LOCALAPPDATA%\Guardrails\rollouts</c>.
/// </summary>
internal sealed class RolloutStore(string folder, TimeProvider clock)
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
    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    public RolloutJournal Create(string? path = null)
    {
        var id = NewId();
        if (path is not null) return RolloutJournal.Create(path, id, clock);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return RolloutJournal.Create(PathOf(id), id, clock);
    }

    /// <summary>The file of a rollout of this folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public string Find(string id)
    {
        var path = PathOf(Path.GetFileName(id));
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no rollout '{id}' in '{folder}'.", path);
    }

    /// <summary>The rollouts of this folder, newest first. A file that is not a journal is passed over.</summary>
    public IEnumerable<Rollout> List() => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*" + Extension)
        .OrderByDescending(Path.GetFileName, StringComparer.Ordinal).Select(TryRead).OfType<Rollout>();

    /// <summary>A rollout as its journal tells of it, also while a process is at it.</summary>
    /// <exception cref="InvalidDataException">It is not a journal, or is damaged.</exception>
    public static Rollout Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var history = RolloutHistory.Read(file, path);
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
            Changes = history.Planned?.Plan.Changes.Count ?? 0,
            Done = done,
            Failed = failed,
            Holder = history.Opened?.Holder,
            Path = path,
        };
    }

    private static RolloutState StateOf(RolloutHistory history, string path, int failed)
    {
        if (history.Closed is { Stopped: true }) return RolloutState.Stopped;
        if (history.Closed is not null) return failed > 0 ? RolloutState.CompletedWithErrors : RolloutState.Completed;
        return RolloutJournal.IsHeld(path) ? RolloutState.Running : RolloutState.Interrupted;
    }

    private static Rollout? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string PathOf(string id) => Path.Combine(folder, id + Extension);

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmss}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
