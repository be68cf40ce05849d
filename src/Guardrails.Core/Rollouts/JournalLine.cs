using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Guardrails;

/// <summary>A journal's lines: one JSON object each, in UTF-8, named by its member <c>event</c>.</summary>
internal static class JournalLine
{
    public const string Format = "guardrails-journal/1";

    public static byte[] Write(JournalRecord record)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("event", Name(record));
            json.WriteString("at", record.At.ToString("O", CultureInfo.InvariantCulture));
            Members(json, record);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">The line is not JSON, or not a record.</exception>
    public static JournalRecord Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var record = document.RootElement;
        var at = DateTimeOffset.Parse(Text(record, "at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return Text(record, "event") switch
        {
            "opened" when Text(record, "format") != Format => throw new JsonException($"The journal has the format '{Text(record, "format")}'; this module reads '{Format}'."),
            "opened" => new RolloutOpened(at, Text(record, "rollout"), Text(record, "holder"), Text(record, "module"), record.TryGetProperty("rehearsal", out var rehearsal) && rehearsal.GetBoolean()),
            "planned" => new RolloutPlanned(at, Text(record, "command"), Text(record, "organization"), record.GetProperty("throttleLimit").GetInt32(), PlanJson.Read(record.GetProperty("plan"))),
            "call" => new CallAnnounced(at, Text(record, "change"), Text(record, "operation")),
            "answer" => new CallAnswered(at, Text(record, "change"), Text(record, "operation"), Optional(record, "error"),
                Enum.Parse<CallOutcome>(Text(record, "outcome")), PlanJson.ReadFacts(record.GetProperty("facts"))),
            "ended" => new ChangeEnded(at, Text(record, "change"), Enum.Parse<ChangeStatus>(Text(record, "status")), Optional(record, "resourceId"), Optional(record, "message"),
                Optional(record, "reason"), Optional(record, "nextStep"), TimeSpan.FromMilliseconds(record.GetProperty("milliseconds").GetDouble())),
            "undone" => new RolloutUndone(at, Text(record, "by"), Text(record, "path"), Text(record, "holder")),
            "closed" => new RolloutClosed(at, record.GetProperty("stopped").GetBoolean()),
            var other => throw new JsonException($"'{other}' is not an event of a journal."),
        };
    }

    private static string Name(JournalRecord record) => record switch
    {
        RolloutOpened => "opened",
        RolloutPlanned => "planned",
        CallAnnounced => "call",
        CallAnswered => "answer",
        ChangeEnded => "ended",
        RolloutUndone => "undone",
        RolloutClosed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(record)),
    };

    private static void Members(Utf8JsonWriter json, JournalRecord record)
    {
        switch (record)
        {
            case RolloutOpened opened:
                json.WriteString("format", Format);
                json.WriteString("rollout", opened.RolloutId);
                json.WriteString("holder", opened.Holder);
                json.WriteString("module", opened.Module);
                if (opened.Rehearsal) json.WriteBoolean("rehearsal", true);
                break;
            case RolloutPlanned planned:
                json.WriteString("command", planned.Command);
                json.WriteString("organization", planned.OrganizationId);
                json.WriteNumber("throttleLimit", planned.ThrottleLimit);
                json.WritePropertyName("plan");
                PlanJson.Write(json, planned.Plan);
                break;
            case CallAnnounced call:
                json.WriteString("change", call.Change);
                json.WriteString("operation", call.Operation);
                break;
            case CallAnswered answer:
                json.WriteString("change", answer.Change);
                json.WriteString("operation", answer.Operation);
                Optional(json, "error", answer.Error);
                json.WriteString("outcome", answer.Outcome.ToString());
                json.WritePropertyName("facts");
                PlanJson.WriteFacts(json, answer.Facts);
                break;
            case ChangeEnded ended:
                json.WriteString("change", ended.Change);
                json.WriteString("status", ended.Status.ToString());
                Optional(json, "resourceId", ended.ResourceId);
                Optional(json, "message", ended.Message);
                Optional(json, "reason", ended.Reason);
                Optional(json, "nextStep", ended.NextStep);
                json.WriteNumber("milliseconds", ended.Duration.TotalMilliseconds);
                break;
            case RolloutUndone undone:
                json.WriteString("by", undone.By);
                json.WriteString("path", undone.Path);
                json.WriteString("holder", undone.Holder);
                break;
            case RolloutClosed closed:
                json.WriteBoolean("stopped", closed.Stopped);
                break;
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null.");

    private static string? Optional(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;
}
