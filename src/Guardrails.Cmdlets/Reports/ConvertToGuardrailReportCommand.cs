using System.Collections;
using System.Management.Automation;
using System.Text;

namespace Guardrails.Cmdlets;

/// <summary>Makes a report of results: HTML to read and to print, CSV for a spreadsheet or a register, JSON for other tools and to compare with later.</summary>
/// <remarks>
/// <para>The HTML is one file that needs nothing else: no script, nothing from the network, light and dark, on paper and for screen readers.
/// Charts show the most important and say how much is left out; what is not known stands near the top. Figures in it are rounded to what can
/// be known; CSV and JSON hold them whole.</para>
/// <para>JSON of assessments is the saved form of a measurement. With -Content DoraRegister come rows of template B_07.01 of DORA's register of
/// information (Implementing Regulation (EU) 2024/2956): substitutability, reason, reintegration and alternatives after the worst type in use; what an
/// inventory cannot know stays empty, and the last columns say what to complete. With -Content ExitPlan come the steps of an unstressed and
/// of a stressed exit (PRA SS2/21, chapter 10), in the order in which what uses each other can move; their effort adds up to the mean;
/// owner, dates and evidence are yours to fill in.</para>
/// <para>CSV follows RFC 4180, in UTF-8 without a byte order mark. Text that a spreadsheet would take for a formula has an apostrophe before it.</para>
/// <para>Without -Path the report is one string. With it the file is written, and never overwritten without -Force. The order of the input
/// does not matter; the same results give the same bytes.</para>
/// </remarks>
/// <example>
/// <title>A report for the board</title>
/// <code>$results = Get-GuardrailInventory -Path ./exports | Measure-GuardrailLockIn -GroupBy Workload -DayRate 950
/// $results | ConvertTo-GuardrailReport -Title 'Lock-in, November 2026' -Path ./lock-in.html</code>
/// </example>
/// <example>
/// <title>Keep the results, to compare with later</title>
/// <code>$results | ConvertTo-GuardrailReport -Format Json -Path ./lock-in.json -Force</code>
/// </example>
/// <example>
/// <title>Rows for the register of information</title>
/// <code>$results | ConvertTo-GuardrailReport -Format Csv -Content DoraRegister -Path ./b_07_01.csv</code>
/// </example>
/// <example>
/// <title>The skeleton of an exit plan, as text</title>
/// <code>$plan = $results | ConvertTo-GuardrailReport -Format Csv -Content ExitPlan</code>
/// </example>
/// <seealso cref="MeasureGuardrailLockInCommand"/>
/// <seealso cref="GetGuardrailLockInSensitivityCommand"/>
[Cmdlet(VerbsData.ConvertTo, "GuardrailReport")]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ConvertToGuardrailReportCommand : GuardrailCmdlet
{
    private readonly List<LockInAssessment> _assessments = [];
    private readonly List<LockInSensitivity> _sensitivities = [];
    private string? _path;

    /// <summary>
    /// Results to report on: lock-in assessments, and with them their sensitivity. Of several measurements, such as for two targets, each has its
    /// own part. CSV and JSON show the sensitivity only where it is given alone.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>What it is written as. Without it Html.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>What it holds: the assessments, rows for DORA's register of information, or the skeleton of an exit plan.</summary>
    [Parameter]
    public ReportContent Content { get; set; }

    /// <summary>The title of the HTML document.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The file to write. Without it the report goes to the pipeline as one string.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Overwrite the file if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _path = Path is null ? null : NewFile(Path, Force);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var text = Write(LockInReportPart.InOrder(_assessments));
        if (_path is null)
        {
            WriteObject(text);
            return;
        }
        try
        {
            WholeFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(Errors.Describe(e, _path));
        }
        WriteObject(WrittenFile(_path));
    }

    private void Add(object? given)
    {
        switch (given is PSObject wrapped ? wrapped.BaseObject : given)
        {
            case null:
                break;
            case LockInAssessment assessment:
                _assessments.Add(assessment);
                break;
            case LockInSensitivity sensitivity:
                _sensitivities.Add(sensitivity);
                break;
            case IEnumerable many and not string:
                foreach (var item in many) Add(item);
                break;
            case var other:
                WriteError(Errors.NotReportable.Record($"There is no report of a {other.GetType().Name}.", other));
                break;
        }
    }

    private string Write(IReadOnlyList<LockInAssessment> assessments) => (Content, Format) switch
    {
        (ReportContent.Assessment, ReportFormat.Html) => HtmlReport.Write(LockInReport.Of(assessments, _sensitivities, Title)),
        (ReportContent.Assessment, _) when assessments.Count == 0 && _sensitivities.Count > 0 => Write(LockInSensitivityView.Table(_sensitivities)),
        (ReportContent.Assessment, ReportFormat.Json) => LockInReportPart.Text(assessments),
        (ReportContent.Assessment, _) => CsvReport.Write(LockInTable.Of(assessments)),
        (ReportContent.DoraRegister, _) => Write(DoraRegister.Of(assessments)),
        _ => Write(ExitPlan.Of(assessments)),
    };

    private string Write(ReportTable table) => Format switch
    {
        ReportFormat.Html => HtmlReport.Write(ReportDocument.Of(table, Title ?? table.Title)),
        ReportFormat.Csv => CsvReport.Write(table),
        _ => JsonReport.Write(table),
    };
}
