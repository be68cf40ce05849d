using System.Management.Automation;

namespace Guardrails.Host;

/// <summary>One line at the bottom of the terminal that says what is going on. Not safe for use by several threads at once.</summary>
internal sealed class ProgressLine
{
    private const string ClearLine = "\r\x1b[2K";
    private const long IntervalMilliseconds = 100;

    private readonly SortedDictionary<int, ProgressRecord> _activities = [];
    private long _drawnAt = -IntervalMilliseconds;
    private bool _shown;

    public void Show(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _activities.Remove(record.ActivityId);
            Hide();
            return;
        }
        _activities[record.ActivityId] = record;
        if (Environment.TickCount64 - _drawnAt < IntervalMilliseconds) return;
        _drawnAt = Environment.TickCount64;
        var text = string.Join(" > ", _activities.Values.Select(Describe));
        Console.Error.Write(ClearLine + text[..Math.Min(text.Length, Terminal.Width - 1)]);
        _shown = true;
    }

    public void Hide()
    {
        if (!_shown) return;
        Console.Error.Write(ClearLine);
        _shown = false;
    }

    private static string Describe(ProgressRecord record)
    {
        var text = $"{record.Activity}: {record.StatusDescription}";
        if (record.PercentComplete >= 0) text += $" {record.PercentComplete} %";
        return record.SecondsRemaining > 0 ? $"{text}, about {TimeSpan.FromSeconds(record.SecondsRemaining):c} left" : text;
    }
}
