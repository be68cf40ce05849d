using System.Globalization;
using System.Xml.Linq;

namespace Guardrails.Help;

/// <summary>The help file of a binary module, in the form that Get-Help reads (MAML).</summary>
internal static class HelpFile
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly ParameterUse EverySet = new(null, false, null, false, false);

    // What the engine adds to a cmdlet that changes something; it has no docstring to take the text from.
    private static readonly (ParameterFacts Facts, string Text)[] ShouldProcess =
    [
        (new("WhatIf", "", "SwitchParameter", ["wi"], false, [EverySet]), "Shows what would be done, and does nothing."),
        (new("Confirm", "", "SwitchParameter", ["cf"], false, [EverySet]), "Asks before each change."),
    ];

    public static XDocument Make(IEnumerable<CmdletFacts> cmdlets, Documentation documentation) =>
        new(new XElement(Help + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(cmdlet => Cmdlet(cmdlet, documentation))));

    private static XElement Cmdlet(CmdletFacts cmdlet, Documentation documentation)
    {
        var id = cmdlet.DocumentationId;
        var summary = documentation.Summary(id);
        var remarks = documentation.Remarks(id);
        var parameters = cmdlet.Parameters.Select(facts => (Facts: facts, Text: documentation.Summary(facts.DocumentationId)))
            .Concat(cmdlet.SupportsShouldProcess ? ShouldProcess : []).ToList();
        return new XElement(Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                Description(summary),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun)),
            Description(remarks.Count > 0 ? [.. remarks] : [summary]),
            new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set => SyntaxItem(cmdlet.Name, set, parameters))),
            new XElement(Command + "parameters", parameters.OrderBy(p => p.Facts.Name, StringComparer.Ordinal).Select(p => Parameter(p.Facts, p.Facts.Uses[0], p.Text))),
            new XElement(Command + "inputTypes", Inputs(cmdlet).Select(type => new XElement(Command + "inputType", Type(type)))),
            new XElement(Command + "returnValues", cmdlet.OutputTypes.Select(type => new XElement(Command + "returnValue", Type(type)))),
            new XElement(Command + "examples", documentation.Examples(id).Select(ExampleElement)),
            new XElement(Command + "relatedLinks", documentation.Links(id).Select(link => new XElement(Maml + "navigationLink",
                new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address)))));
    }

    private static XElement SyntaxItem(string name, string set, List<(ParameterFacts Facts, string Text)> parameters)
    {
        var used = parameters.Select(p => (p.Facts, p.Text, Use: p.Facts.In(set))).Where(p => p.Use is not null)
            .OrderBy(p => p.Use!.Position ?? int.MaxValue).ThenBy(p => p.Use!.Mandatory ? 0 : 1);
        return new XElement(Command + "syntaxItem", new XElement(Maml + "name", name), used.Select(p => Parameter(p.Facts, p.Use!, p.Text)));
    }

    private static XElement Parameter(ParameterFacts facts, ParameterUse use, string text) =>
        new(Command + "parameter",
            new XAttribute("required", Truth(use.Mandatory)), new XAttribute("variableLength", "true"), new XAttribute("globbing", Truth(facts.SupportsWildcards)),
            new XAttribute("pipelineInput", use.PipelineInput),
            new XAttribute("position", use.Position is { } at ? at.ToString(CultureInfo.InvariantCulture) : "named"),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(Maml + "name", facts.Name),
            Description(text),
            facts.IsSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), facts.Type),
            Type(facts.Type),
            new XElement(Dev + "defaultValue", facts.IsSwitch ? "False" : "None"));

    private static XElement ExampleElement(Example example, int index) =>
        new(Command + "example",
            new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"-------- Example {index + 1}: {example.Title} --------")),
            new XElement(Dev + "code", example.Code),
            // The last, empty paragraph keeps the next example's title apart.
            new XElement(Dev + "remarks", example.Remarks.Append("").Select(text => new XElement(Maml + "para", text))));

    private static IEnumerable<string> Inputs(CmdletFacts cmdlet) =>
        cmdlet.Parameters.Where(p => p.Uses.Any(use => use.FromPipeline || use.FromPipelineByPropertyName)).Select(p => p.Type).Distinct();

    private static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Description(params string[] paragraphs) => new(Maml + "description", paragraphs.Select(text => new XElement(Maml + "para", text)));

    private static string Truth(bool value) => value ? "true" : "false";
}
