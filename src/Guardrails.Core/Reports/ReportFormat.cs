namespace Guardrails;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>One HTML document that needs nothing else: no script, no network, readable in a browser, on paper and by a screen reader.</summary>
    Html,

    /// <summary>Comma-separated values after RFC 4180, one row an item.</summary>
    Csv,

    /// <summary>JSON, for other tools and to compare with later.</summary>
    Json,
}

/// <summary>What a report holds.</summary>
public enum ReportContent
{
    /// <summary>The results themselves.</summary>
    Assessment,

    /// <summary>Rows of template B_07.01 of the register of information that the EU's DORA asks for.</summary>
    DoraRegister,

    /// <summary>The steps of a stressed and of an unstressed exit, to be completed.</summary>
    ExitPlan,
}
