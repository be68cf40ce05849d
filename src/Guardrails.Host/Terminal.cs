namespace Guardrails.Host;

/// <summary>What the standard streams are attached to.</summary>
internal static class Terminal
{
    public static bool OutputTakesColour { get; } = !Console.IsOutputRedirected && ColourWanted;

    public static bool ErrorTakesColour { get; } = !Console.IsErrorRedirected && ColourWanted;

    /// <summary>Columns; 120 where the output goes to a file or a pipe, unless COLUMNS says otherwise.</summary>
    public static int Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0) return columns;
            return !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : 120;
        }
    }

    public static int Height => !Console.IsOutputRedirected && Console.WindowHeight > 0 ? Console.WindowHeight : 50;

    // https://no-color.org
    private static bool ColourWanted =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));
}
