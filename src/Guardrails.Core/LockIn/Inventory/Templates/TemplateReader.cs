namespace Guardrails;

/// <summary>
/// Reads a CloudFormation or SAM template, or what the CDK puts out, in one pass over its tokens: resources, exports, and what of SAM's Globals
/// and of the parameters they need. The rest is passed over. A resource with a condition is read like any other: whether it is made is only
/// known at deployment, and a design that may have it is bound by it.
/// </summary>
/// <remarks>
/// After AWS's pages on template anatomy, intrinsic functions and the SAM specification, read 2026-11-25. Where a key stands twice, what is read
/// first holds.
/// </remarks>
internal sealed class TemplateReader
{
    private const string Include = "AWS::Include";
    private readonly TemplateContent _content;
    private readonly TemplateIntrinsics _intrinsics;
    private readonly TemplateResourceReader _resources;
    private readonly string _file;

    private TemplateReader(TemplateContent content, string file)
    {
        _content = content;
        _intrinsics = new TemplateIntrinsics(content.Names);
        _resources = new TemplateResourceReader(content, _intrinsics, file);
        _file = file;
    }

    /// <summary>Reads the whole text. What was read before it is damaged stands, without the resource in which it is; the rest is a gap.</summary>
    /// <param name="file">The name that gaps carry.</param>
    public static TemplateContent Read<T>(ref T tokens, TemplateFacts facts, string file)
        where T : IDocumentTokens, allows ref struct
    {
        var content = new TemplateContent(facts);
        var reader = new TemplateReader(content, file);
        try
        {
            reader.ReadDocument(ref tokens);
        }
        catch (Exception e) when (tokens.DamageOf(e) is { } damage)
        {
            content.IsDamaged = true;
            var before = content.HasResources ? $" The {content.Resources.Count} resources before it are counted; what follows is not read." : "";
            reader.Gap($"{file}, line {damage.Line}, column {damage.Column}: {damage.Message}{before} Correct the file and read it again.");
        }
        content.Loops = reader._intrinsics.Loops;
        content.UnknownImports = reader._intrinsics.UnknownImports;
        return content;
    }

    private void ReadDocument<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        tokens.Read();
        if (tokens.Kind == DocumentToken.Mapping)
        {
            for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read()) ReadSection(ref tokens);
        }
        else
        {
            tokens.Skip();
        }
        tokens.Read();
        if (tokens.Kind == DocumentToken.NextDocument) Gap($"{_file} holds a second document; only the first one is read. Put each template in a file of its own.");
    }

    private void ReadSection<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.TextIs("Resources"u8)) ReadResources(ref tokens);
        else if (tokens.TextIs("Outputs"u8)) ReadOutputs(ref tokens);
        else if (tokens.TextIs("Parameters"u8)) ReadParameters(ref tokens);
        else if (tokens.TextIs("Globals"u8)) ReadGlobals(ref tokens);
        else if (tokens.TextIs("Transform"u8) || tokens.TextIs("Fn::Transform"u8)) ReadTransform(ref tokens);
        else tokens.Skip();
    }

    private void ReadResources<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        tokens.Read();
        if (tokens.Kind != DocumentToken.Mapping)
        {
            tokens.Skip();
            return;
        }
        _content.HasResources = true;
        ReadEntries(ref tokens, areResources: true);
    }

    private void ReadOutputs<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        tokens.Read();
        if (tokens.Kind == DocumentToken.Mapping) ReadEntries(ref tokens, areResources: false);
        else tokens.Skip();
    }

    /// <summary>From the beginning to the end of the mapping of resources or outputs, or of the part of it that is in a loop.</summary>
    private void ReadEntries<T>(ref T tokens, bool areResources)
        where T : IDocumentTokens, allows ref struct
    {
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (TemplateIntrinsics.IsLoop(ref tokens))
            {
                ReadLoop(ref tokens, areResources);
            }
            else if (tokens.TextIs("Fn::Transform"u8))
            {
                if (areResources) Gap($"{_file}: a part of its resources is made by a macro or included from elsewhere (Fn::Transform); what is in there is not counted. Read the processed template instead.");
                tokens.Skip();
            }
            else if (areResources)
            {
                _resources.Read(ref tokens);
            }
            else
            {
                ReadOutput(ref tokens);
            }
        }
    }

    private void ReadLoop<T>(ref T tokens, bool areResources)
        where T : IDocumentTokens, allows ref struct
    {
        var name = tokens.Text().ToString();
        tokens.Read();
        _intrinsics.Draft = new TemplateDraft(_content.Names.Number(name), _intrinsics.Loop);
        if (!_intrinsics.OpenLoop(ref tokens, name))
        {
            Gap($"{_file}: '{name}' is not a list of an identifier, a collection and a mapping; what it makes is not counted.");
            return;
        }
        ReadEntries(ref tokens, areResources);
        _intrinsics.CloseLoop(ref tokens);
    }

    private void ReadOutput<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        var output = new TemplateDraft(_content.Names.Number(tokens.Text()), _intrinsics.Loop);
        tokens.Read();
        if (tokens.Kind != DocumentToken.Mapping)
        {
            tokens.Skip();
            return;
        }
        // What only the export's name refers to is not behind the export.
        var aside = new TemplateDraft(output.Name, output.Loop);
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            _intrinsics.Draft = aside;
            if (tokens.TextIs("Value"u8))
            {
                _intrinsics.Draft = output;
                tokens.Read();
                _intrinsics.Walk(ref tokens);
            }
            else if (tokens.TextIs("Export"u8))
            {
                tokens.Read();
                ReadExport(ref tokens, output);
            }
            else
            {
                tokens.Skip();
            }
        }
    }

    private void ReadExport<T>(ref T tokens, TemplateDraft output)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind != DocumentToken.Mapping)
        {
            tokens.Skip();
            return;
        }
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (!tokens.TextIs("Name"u8))
            {
                tokens.Skip();
                continue;
            }
            tokens.Read();
            _content.Exports.Add((output, _intrinsics.ReadText(ref tokens)));
        }
    }

    private void ReadParameters<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        tokens.Read();
        if (tokens.Kind != DocumentToken.Mapping)
        {
            tokens.Skip();
            return;
        }
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            var name = _content.Names.Number(tokens.Text());
            tokens.Read();
            _content.Parameters.TryAdd(name, ReadDefaultList(ref tokens));
        }
    }

    /// <summary>The default of a parameter that is a list of texts; null for any other.</summary>
    private static string? ReadDefaultList<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind != DocumentToken.Mapping)
        {
            tokens.Skip();
            return null;
        }
        string? value = null;
        var isList = false;
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (tokens.TextIs("Type"u8))
            {
                tokens.Read();
                isList = tokens.Kind == DocumentToken.Text && tokens.TextIs("CommaDelimitedList"u8);
                tokens.Skip();
            }
            else if (tokens.TextIs("Default"u8))
            {
                tokens.Read();
                if (tokens.Kind == DocumentToken.Text) value = tokens.Text().ToString();
                tokens.Skip();
            }
            else
            {
                tokens.Skip();
            }
        }
        return isList ? value : null;
    }

    private void ReadGlobals<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        tokens.Read();
        if (tokens.Kind != DocumentToken.Mapping)
        {
            tokens.Skip();
            return;
        }
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            var kind = tokens.Text().ToString();
            var section = new TemplateDraft(_content.Names.Number(kind), null) { Type = TemplateTypes.Serverless + kind, Facts = _content.Facts.Of(TemplateTypes.Serverless + kind) };
            tokens.Read();
            _resources.ReadGlobals(ref tokens, section);
            _content.Globals.TryAdd(kind, section);
        }
    }

    /// <summary>One name, a mapping with a name, or a list of them.</summary>
    private void ReadTransform<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        tokens.Read();
        switch (tokens.Kind)
        {
            case DocumentToken.Text:
                AddTransform(tokens.Text());
                break;
            case DocumentToken.Mapping:
                ReadTransformName(ref tokens);
                break;
            case DocumentToken.List:
                for (tokens.Read(); tokens.Kind != DocumentToken.ListEnd; tokens.Read())
                {
                    if (tokens.Kind == DocumentToken.Mapping) ReadTransformName(ref tokens);
                    else if (tokens.Kind == DocumentToken.Text) AddTransform(tokens.Text());
                    else tokens.Skip();
                }
                break;
        }
    }

    private void ReadTransformName<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (!tokens.TextIs("Name"u8))
            {
                tokens.Skip();
                continue;
            }
            tokens.Read();
            if (tokens.Kind == DocumentToken.Text) AddTransform(tokens.Text());
            else tokens.Skip();
        }
    }

    // AWS's own transforms work on their own types: SAM on AWS::Serverless, the language extensions on loops. A macro may do anything to anything.
    private void AddTransform(ReadOnlySpan<char> name)
    {
        if (name is Include) Gap($"{_file}: a part of it is included from elsewhere (AWS::Include); what is in there is not counted. Read the processed template instead.");
        else if (!name.IsEmpty && !name.StartsWith("AWS::", StringComparison.Ordinal)) _content.HasMacro = true;
    }

    private void Gap(string message) => _content.Gaps.Add(new InventoryGap { Kind = InventoryGapKind.FailedCollector, File = _file, Message = message });
}
