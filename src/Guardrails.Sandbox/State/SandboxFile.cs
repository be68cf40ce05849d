using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>The state file: JSON, <c>{"format":"guardrails-sandbox/1","time":"…","organization":{…}}</c>.</summary>
internal static class SandboxFile
{
    public const string Format = "guardrails-sandbox/1";
    private const string Family = "guardrails-sandbox/";

    /// <param name="Time">The sandbox's time when it was saved.</param>
    public sealed record Content(OrganizationState State, DateTimeOffset Time);

    public static string TemporaryPath(string path) => path + ".tmp";

    /// <exception cref="SandboxException">NotFound, Damaged, NewerVersion, Unusable.</exception>
    public static Content Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 64 });
            var root = document.RootElement;
            CheckFormat(path, root.GetProperty("format").GetString());
            var time = DateTimeOffset.Parse(root.GetProperty("time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return new Content(OrganizationState.Read(root.GetProperty("organization")), time);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SandboxException(SandboxProblem.NotFound, $"There is no sandbox at {path}. Make one with New-GuardrailSandbox -Path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException(SandboxProblem.Unusable, $"The sandbox file {path} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException
            or OverflowException or NullReferenceException or InvalidDataException)
        {
            throw new SandboxException(SandboxProblem.Damaged, $"The sandbox file {path} is damaged: {e.Message} It was not changed. "
                + "Take a copy of it from a backup, or make a new sandbox with New-GuardrailSandbox at another path.", e);
        }
    }

    /// <summary>The bytes of the file; the caller holds the state's lock.</summary>
    public static void Write(IBufferWriter<byte> target, OrganizationState state, DateTimeOffset time)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("time", time.ToString("O", CultureInfo.InvariantCulture));
        json.WritePropertyName("organization");
        state.Write(json);
        json.WriteEndObject();
    }

    /// <summary>All or nothing: a new file beside the old one, flushed to disk, then renamed over it. Only the owner may read it.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryPath(path);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private static void CheckFormat(string path, string? format)
    {
        if (format == Format) return;
        if (format?.StartsWith(Family, StringComparison.Ordinal) != true)
            throw new SandboxException(SandboxProblem.Damaged,
                $"{path} is not a sandbox file: its format is '{format}', expected '{Format}'. It was not changed.");
        throw new SandboxException(SandboxProblem.NewerVersion,
            $"The sandbox file {path} has the format '{format}'; this version of Guardrails reads '{Format}'. "
            + "It was not changed. Update the module to open it.");
    }
}
