using System.Text.Json;

namespace Guardrails.Formats;

/// <summary>Finds and reads the files of an inventory. What a file is shows its content; its ending only says whether a folder's file is looked at.</summary>
internal static class InventoryFiles
{
    // The largest states that are known have some tens of MB; tables are not held and so have no limit.
    internal const long LargestDocument = 256 * 1024 * 1024;
    private const int BeginningLength = 16 * 1024;

    private static readonly string[] Endings = [".json", ".yaml", ".yml", ".template", ".tfstate", ".csv", ".csv.gz"];
    private static readonly JsonDocumentOptions JsonOptions = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = JsonTokens.DeepestNesting };

    /// <summary>
    /// The files of a folder and the folders in it, in ordinal order. Folders that begin with a dot are tools' own, and links to folders
    /// may lead in circles: both are left out.
    /// </summary>
    /// <param name="name">The folder as the user named it.</param>
    public static IReadOnlyList<InventoryPath> Find(string folder, string name)
    {
        var found = new List<InventoryPath>();
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (folders.TryPop(out var at))
        {
            foreach (var entry in Entries(at))
            {
                if (entry is DirectoryInfo inner)
                {
                    if (inner.LinkTarget is null && !inner.Name.StartsWith('.')) folders.Push(inner);
                }
                else if (Array.Exists(Endings, ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                {
                    found.Add(Named(entry));
                }
            }
        }
        found.Sort((a, b) => string.CompareOrdinal(a.FullPath, b.FullPath));
        return found;

        InventoryPath Named(FileSystemInfo entry) => new(entry.FullName, Path.Join(name, Path.GetRelativePath(folder, entry.FullName)));

        // A folder that can't be read stands for what is in it, and reading it says why.
        IReadOnlyList<FileSystemInfo> Entries(DirectoryInfo at)
        {
            try
            {
                return at.GetFileSystemInfos();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                found.Add(Named(at));
                return [];
            }
        }
    }

    /// <summary>Reads files, several at a time. A file that can't be read is a gap, and the others are read all the same.</summary>
    /// <param name="threads">How many at a time: so many files are in memory at most.</param>
    /// <param name="done">Told how many files are done, from any thread.</param>
    /// <returns>In the order of <paramref name="paths"/>.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<InventoryFile> Read(IReadOnlyList<InventoryPath> paths, InventoryReading reading, int threads, Action<int> done, CancellationToken cancel)
    {
        var files = new InventoryFile[paths.Count];
        var templates = new TemplateFacts(reading.Types.Types, reading.WorkloadTag);
        var count = 0;
        Parallel.For(0, paths.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, at =>
        {
            files[at] = ReadOne(paths[at], reading, templates);
            done(Interlocked.Increment(ref count));
        });
        return files;
    }

    private static InventoryFile ReadOne(InventoryPath path, InventoryReading reading, TemplateFacts templates)
    {
        InventoryFile file;
        try
        {
            file = ReadContent(path, reading, templates);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or DamagedDocumentException or FormatException)
        {
            file = Failed(path.Name, e.Message);
        }
        var (account, region) = AccountIds.OfFolders(path.FullPath);
        return file with { AccountId = file.AccountId ?? account, Region = file.Region ?? region };
    }

    private static InventoryFile ReadContent(InventoryPath path, InventoryReading reading, TemplateFacts templates)
    {
        using var stream = new FileStream(path.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, FileOptions.SequentialScan);
        if (IsTable(stream, path.FullPath)) return InventoryTables.Read(stream, path.Name, reading);
        if (stream.Length > LargestDocument) return Failed(path.Name, $"It has {stream.Length / (1024 * 1024)} MB; templates, states and plans of up to {LargestDocument / (1024 * 1024)} MB are read.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var utf8 = TemplateFile.Utf8(content);
        if (!TemplateFile.IsJson(utf8)) return TemplateFile.Read(content, path.Name, templates);
        var kind = InventoryJson.KindOf(utf8);
        return kind == InventorySourceKind.Template ? TemplateFile.Read(content, path.Name, templates) : ReadJson(kind, content, utf8, path.Name, reading);
    }

    private static InventoryFile ReadJson(InventorySourceKind kind, byte[] content, ReadOnlySpan<byte> utf8, string file, InventoryReading reading)
    {
        var digest = ContentHash.Text(content);
        try
        {
            // Only what is in another encoding is copied.
            var offset = content.AsSpan().Overlaps(utf8, out var from) ? from : -1;
            using var document = JsonDocument.Parse(offset < 0 ? utf8.ToArray() : content.AsMemory(offset, utf8.Length), JsonOptions);
            switch (kind)
            {
                case InventorySourceKind.TerraformState:
                    return TerraformState.Read(document.RootElement, file, digest, reading);
                case InventorySourceKind.TerraformPlan:
                    return TerraformPlan.Read(document.RootElement, file, digest, reading);
                default:
                    var export = new ResourceExport(reading.Types, reading.WorkloadTag);
                    export.AddAnswer(document.RootElement);
                    return export.Finish(file, digest);
            }
        }
        catch (JsonException e)
        {
            return Failed(file, $"It is not whole or no JSON, from line {e.LineNumber + 1} on.");
        }
        catch (InvalidOperationException)
        {
            // Of a text that is not Unicode the JSON reader says no place.
            return Failed(file, "Some of its texts are not Unicode.");
        }
    }

    private static bool IsTable(FileStream stream, string path)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return true;
        if (Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) return false;
        var beginning = new byte[BeginningLength];
        var length = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return InventoryTables.IsTable(TemplateFile.Utf8(beginning.AsSpan(0, length)));
    }

    private static InventoryFile Failed(string file, string why) => new()
    {
        File = file,
        Kind = InventorySourceKind.Template,
        ContentDigest = "",
        Gaps = [new InventoryGap { Kind = InventoryGapKind.FailedCollector, File = file, Message = $"{file} could not be read: {why}" }],
    };
}
