namespace Guardrails;

/// <summary>Writes files whole or not at all: a reader sees what was there before, or all of the new.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(string file, Action<Stream> write)
    {
        var whole = Path.GetFullPath(file);
        var part = Path.Combine(Path.GetDirectoryName(whole)!, $".{Path.GetFileName(whole)}.{Guid.NewGuid():N}.part");
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, whole, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
