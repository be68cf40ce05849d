namespace Guardrails.Host;

/// <summary>What the command line asks for: a runbook file or a command text, and its own arguments.</summary>
internal sealed record Arguments(string? File, string? Command, IReadOnlyList<string> Rest)
{
    public const string Usage = """
        Usage: Guardrails.Host FILE [ARGUMENTS]
               Guardrails.Host -Command 'TEXT' [ARGUMENTS]

        Runs a runbook with the Guardrails module imported. ARGUMENTS go to the runbook: -Name value, -Switch, -Name:value or plain values.
        The exit code is the runbook's; 1 after an error that ended it, 130 after Ctrl+C, 143 after SIGTERM, 64 for a wrong command line.
        """;

    /// <summary>The arguments, or null where they ask for nothing.</summary>
    public static Arguments? Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0) return null;
        var rest = args.Skip(2).ToList();
        if (Is(args[0], "-Command") || Is(args[0], "-c")) return args.Count > 1 ? new(null, args[1], rest) : null;
        if (Is(args[0], "-File") || Is(args[0], "-f")) return args.Count > 1 ? new(args[1], null, rest) : null;
        return args[0].StartsWith('-') ? null : new(args[0], null, [.. args.Skip(1)]);
    }

    private static bool Is(string argument, string name) => string.Equals(argument, name, StringComparison.OrdinalIgnoreCase);
}
