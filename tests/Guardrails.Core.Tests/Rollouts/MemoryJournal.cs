namespace Guardrails.Core.Tests;

/// <summary>A journal whose disk is a list of lines, and which can die before or after any of them.</summary>
internal sealed class MemoryJournal : IDisposable
{
    private readonly DyingStream _disk;

    /// <param name="earlier">What stands in it already.</param>
    /// <param name="diesAt">The line, from 1, at which the process dies; 0 for never.</param>
    /// <param name="written">Whether that line still reaches the disk.</param>
    public MemoryJournal(byte[]? earlier = null, int diesAt = 0, bool written = false)
    {
        _disk = new DyingStream(diesAt, written);
        if (earlier is null) new RolloutJournal(_disk.Disk).Write(new RolloutOpened(DateTimeOffset.UnixEpoch, "test", "a test", "0.0.0"));
        else _disk.Disk.Write(earlier);
        Journal = new RolloutJournal(_disk);
    }

    public RolloutJournal Journal { get; }

    public bool Died => _disk.Died;

    public byte[] Bytes => _disk.Disk.ToArray();

    public RolloutHistory History => HistoryOf(Bytes);

    public static RolloutHistory HistoryOf(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        return RolloutHistory.Read(file, "test.journal");
    }

    public void Dispose() => Journal.Dispose();

    private sealed class DyingStream(int diesAt, bool written) : MemoryStream
    {
        private int _lines;

        public MemoryStream Disk { get; } = new();

        public bool Died { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Died) throw new IOException("dead");
            Died = ++_lines == diesAt;
            if (!Died || written) Disk.Write(buffer);
            if (Died) throw new IOException("dead");
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
