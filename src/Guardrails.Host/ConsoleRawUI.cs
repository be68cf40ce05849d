using System.Management.Automation;
using System.Management.Automation.Host;

namespace Guardrails.Host;

/// <summary>The size of the console; everything else that a raw console can do needs a person before it.</summary>
internal sealed class ConsoleRawUI : PSHostRawUserInterface
{
    public override Size BufferSize { get => new(Terminal.Width, Terminal.Height); set { } }
    public override Size WindowSize { get => BufferSize; set { } }
    public override Size MaxWindowSize => BufferSize;
    public override Size MaxPhysicalWindowSize => BufferSize;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override Coordinates CursorPosition { get; set; }
    public override Coordinates WindowPosition { get; set; }
    public override int CursorSize { get; set; } = 1;
    public override string WindowTitle { get; set; } = "";
    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotHere();
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotHere();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotHere();
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotHere();
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotHere();

    private static PSNotSupportedException NotHere() => new("Guardrails.Host has no keyboard and no screen buffer.");
}
