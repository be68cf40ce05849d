using System.Globalization;

namespace Guardrails.Sandbox;

/// <summary>
/// One process at a time. The lock is a file beside the state file, <c>FILE.lock</c>, there only while the sandbox is open: the state file itself is replaced
/// at each save, and a lock would stay with the replaced one. The operating system drops the lock when the process ends, however it ends.
/// </summary>
/// <remarks>
/// Taken in two steps, because others must be able to read who holds it: written while open exclusively, then held while open for shared reading.
/// Between the two somebody else may come; who then reads his own mark has it.
/// </remarks>
internal sealed class SandboxLock : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;

    private SandboxLock(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    public static string PathOf(string sandboxPath) => sandboxPath + ".lock";

    /// <exception cref="SandboxException">Locked, NotFound (the folder), Unusable.</exception>
    public static SandboxLock Take(string sandboxPath, DateTimeOffset now)
    {
        var path = PathOf(sandboxPath);
        var mark = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {now:yyyy-MM-ddTHH:mm:ssZ} {Guid.NewGuid():N}");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                WriteMark(path, mark);
                var held = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
                if (ReadAll(held) == mark) return new SandboxLock(path, held);
                held.Dispose();
            }
            catch (FileNotFoundException)
            {
                // The former holder removed the file between our two steps.
                continue;
            }
            catch (DirectoryNotFoundException e)
            {
                throw new SandboxException(SandboxProblem.NotFound, $"The folder of {sandboxPath} does not exist. Create it, or correct the path.", e);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new SandboxException(SandboxProblem.Unusable,
                    $"The sandbox at {sandboxPath} cannot be locked: {e.Message} Its folder must be writable.", e);
            }
            catch (IOException e)
            {
                throw Locked(sandboxPath, path, e);
            }
        }
        throw Locked(sandboxPath, path, null);
    }

    public void Dispose()
    {
        // Before the handle is closed: afterwards it may be somebody else's.
        File.Delete(_path);
        _stream.Dispose();
    }

    private static void WriteMark(string path, string mark)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        using var writer = new StreamWriter(stream);
        stream.SetLength(0);
        writer.Write(mark);
    }

    private static string ReadAll(FileStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return reader.ReadToEnd();
    }

    private static SandboxException Locked(string sandboxPath, string path, Exception? cause)
    {
        var holder = "another process";
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var parts = ReadAll(stream).Split(' ');
            if (parts.Length == 3) holder = $"process {parts[0]} since {parts[1]}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Just being taken or released: then it is another process all the same.
        }
        return new SandboxException(SandboxProblem.Locked,
            $"The sandbox {sandboxPath} is open in {holder}. Disconnect there or end that process, then try again; "
            + "to share it, serve it with Start-GuardrailSandbox.", cause);
    }
}
