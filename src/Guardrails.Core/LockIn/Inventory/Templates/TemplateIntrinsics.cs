namespace Guardrails;

/// <summary>
/// Walks through values of a template and notes what they refer to, whichever way it is written: <c>{"Ref": "A"}</c> is <c>!Ref A</c>.
/// All branches of <c>Fn::If</c> count: which one is taken is only known at deployment. Every method begins at the first token of a value and
/// ends at its last one.
/// </summary>
internal sealed class TemplateIntrinsics(TemplateNames names)
{
    /// <summary>What the references belong to.</summary>
    public TemplateDraft Draft { get; set; } = new(0, null);

    /// <summary>The property of SAM's Globals that is walked through, by number; below 0 elsewhere.</summary>
    public int Property { get; set; } = -1;

    /// <summary>The innermost loop.</summary>
    public TemplateLoop? Loop { get; private set; }

    /// <summary>All loops of the template.</summary>
    public List<TemplateLoop> Loops { get; } = [];

    /// <summary>Imports whose names are only made at deployment.</summary>
    public int UnknownImports { get; set; }

    private static bool IsFunction<T>(ref T key)
        where T : IDocumentTokens, allows ref struct =>
        key.TextStartsWith("Fn::"u8) || key.TextIs("Ref"u8);

    public static bool IsLoop<T>(ref T key)
        where T : IDocumentTokens, allows ref struct =>
        key.TextStartsWith("Fn::ForEach::"u8);

    /// <returns>True where the whole value is one text or one function.</returns>
    public bool Walk<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (ReadTagged(ref tokens) || tokens.Kind is not (DocumentToken.Mapping or DocumentToken.List)) return true;
        var depth = tokens.Depth;
        var isTagged = !tokens.Tag.IsEmpty;
        tokens.Read();
        var isFunction = isTagged || (tokens.Kind == DocumentToken.Key && IsFunction(ref tokens));
        WalkOn(ref tokens, depth);
        return isFunction;
    }

    /// <summary>From a key to the end of its value.</summary>
    /// <inheritdoc cref="Walk"/>
    public bool WalkEntry<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (IsFunction(ref tokens) && TryReadFunction(ref tokens)) return false;
        tokens.Read();
        return Walk(ref tokens);
    }

    /// <summary>Walks from the current token in a mapping or list to its end.</summary>
    /// <param name="depth">How many mappings and lists are open in it.</param>
    public void WalkOn<T>(ref T tokens, int depth)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind is (DocumentToken.MappingEnd or DocumentToken.ListEnd) && tokens.Depth < depth) return;
        do
        {
            if (tokens.Kind != DocumentToken.Key) ReadTagged(ref tokens);
            else if (IsFunction(ref tokens)) TryReadFunction(ref tokens);
        }
        while (tokens.ReadToFunction(depth));
    }

    /// <summary>
    /// A text, with what refers to a name as <c>${name}</c> in it, for loops to replace; null where the value is anything else. What it refers to
    /// is noted in any case.
    /// </summary>
    public string? ReadText<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind == DocumentToken.Text)
        {
            var tag = tokens.Tag;
            var text = tag is "Ref" ? $"${{{tokens.Text()}}}" : tag is "" or "Sub" ? tokens.Text().ToString() : null;
            ReadTagged(ref tokens);
            return text;
        }
        if (tokens.Kind == DocumentToken.Mapping && tokens.Tag.IsEmpty) return ReadTextIn(ref tokens);
        Walk(ref tokens);
        return null;
    }

    /// <summary>Notes that the draft refers to a name, or to an attribute of it.</summary>
    public void Add(ReadOnlySpan<char> name)
    {
        name = BeforeDot(name.Trim());
        // Pseudo parameters; a name with a colon is no logical id.
        if (name.IsEmpty || name.StartsWith("AWS::", StringComparison.Ordinal)) return;
        Draft.References.Add(new TemplateReference(names.Number(name), Loop, Property));
    }

    /// <summary>From the list of a <c>Fn::ForEach</c> to the first token of its body; <see cref="CloseLoop"/> must follow the body's end.</summary>
    /// <returns>False where it is not what it should be: then it was passed over.</returns>
    public bool OpenLoop<T>(ref T tokens, string name)
        where T : IDocumentTokens, allows ref struct
    {
        var loop = new TemplateLoop(name, Loop);
        if (tokens.Kind != DocumentToken.List)
        {
            Walk(ref tokens);
            return false;
        }
        var depth = tokens.Depth;
        tokens.Read();
        if (tokens.Kind == DocumentToken.Text)
        {
            loop.Identifier = tokens.Text().ToString();
            tokens.Read();
            if (tokens.Kind != DocumentToken.ListEnd)
            {
                ReadCollection(ref tokens, loop);
                tokens.Read();
                if (tokens.Kind == DocumentToken.Mapping)
                {
                    Loops.Add(loop);
                    Loop = loop;
                    return true;
                }
            }
        }
        WalkOn(ref tokens, depth);
        return false;
    }

    public void CloseLoop<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        var depth = tokens.Depth;
        tokens.Read();
        WalkOn(ref tokens, depth);
        Loop = Loop?.Outer;
    }

    /// <summary>From the key of a function to the end of its value, where it is one that refers to something itself; others only hold values that do.</summary>
    /// <returns>False where nothing was read on.</returns>
    private bool TryReadFunction<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.TextIs("Ref"u8))
        {
            tokens.Read();
            ReadName(ref tokens, tokens.Tag.IsEmpty);
            return true;
        }
        if (tokens.TextIs("Fn::GetAtt"u8))
        {
            tokens.Read();
            ReadAttribute(ref tokens, tokens.Tag.IsEmpty);
            return true;
        }
        if (tokens.TextIs("Fn::Sub"u8))
        {
            tokens.Read();
            ReadSubstitution(ref tokens, tokens.Tag.IsEmpty);
            return true;
        }
        if (tokens.TextIs("Fn::ImportValue"u8))
        {
            tokens.Read();
            ReadImport(ref tokens, tokens.Tag.IsEmpty);
            return true;
        }
        Draft.HasMacro |= tokens.TextIs("Fn::Transform"u8);
        if (!IsLoop(ref tokens)) return false;
        var name = tokens.Text().ToString();
        tokens.Read();
        if (!OpenLoop(ref tokens, name)) return true;
        Walk(ref tokens);
        CloseLoop(ref tokens);
        return true;
    }

    private bool ReadTagged<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        var tag = tokens.Tag;
        if (tag.IsEmpty) return false;
        switch (tag)
        {
            case "Ref":
                ReadName(ref tokens, isPlain: true);
                return true;
            case "GetAtt":
                ReadAttribute(ref tokens, isPlain: true);
                return true;
            case "Sub":
                ReadSubstitution(ref tokens, isPlain: true);
                return true;
            case "ImportValue":
                ReadImport(ref tokens, isPlain: true);
                return true;
            case "Transform":
                Draft.HasMacro = true;
                return false;
            default:
                return false;
        }
    }

    /// <param name="isPlain">Whether the argument has no short form of its own: a tag on it is the function itself.</param>
    private void ReadName<T>(ref T tokens, bool isPlain)
        where T : IDocumentTokens, allows ref struct
    {
        if (isPlain && tokens.Kind == DocumentToken.Text) Add(tokens.Text());
        else Add(ReadArgument(ref tokens, isPlain));
    }

    private void ReadAttribute<T>(ref T tokens, bool isPlain)
        where T : IDocumentTokens, allows ref struct
    {
        if (!isPlain || tokens.Kind != DocumentToken.List)
        {
            ReadName(ref tokens, isPlain);
            return;
        }
        var depth = tokens.Depth;
        tokens.Read();
        if (tokens.Kind == DocumentToken.ListEnd) return;
        if (tokens.Kind == DocumentToken.Text && tokens.Tag.IsEmpty) Add(tokens.Text());
        else Add(ReadText(ref tokens));
        tokens.Read();
        WalkOn(ref tokens, depth);
    }

    private void ReadImport<T>(ref T tokens, bool isPlain)
        where T : IDocumentTokens, allows ref struct
    {
        if (ReadArgument(ref tokens, isPlain) is { } name) (Draft.Imports ??= []).Add((name, Loop));
        else UnknownImports++;
    }

    private string? ReadArgument<T>(ref T tokens, bool isPlain)
        where T : IDocumentTokens, allows ref struct
    {
        if (!isPlain) return ReadText(ref tokens);
        if (tokens.Kind == DocumentToken.Text) return tokens.Text().ToString();
        if (tokens.Kind == DocumentToken.Mapping) return ReadTextIn(ref tokens);
        var depth = tokens.Depth;
        tokens.Read();
        WalkOn(ref tokens, depth);
        return null;
    }

    /// <summary>As <see cref="ReadText"/>, of a mapping.</summary>
    private string? ReadTextIn<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        var depth = tokens.Depth;
        tokens.Read();
        string? only = null;
        if (tokens.Kind == DocumentToken.Key && (tokens.TextIs("Ref"u8) || tokens.TextIs("Fn::Sub"u8)))
        {
            var isName = tokens.TextIs("Ref"u8);
            tokens.Read();
            var isPlain = tokens.Tag.IsEmpty;
            if (isPlain && tokens.Kind == DocumentToken.Text) only = isName ? $"${{{tokens.Text()}}}" : tokens.Text().ToString();
            if (isName) ReadName(ref tokens, isPlain);
            else ReadSubstitution(ref tokens, isPlain);
            tokens.Read();
        }
        WalkOn(ref tokens, depth);
        return only;
    }

    private void ReadSubstitution<T>(ref T tokens, bool isPlain)
        where T : IDocumentTokens, allows ref struct
    {
        if (isPlain && tokens.Kind == DocumentToken.Text)
        {
            AddPlaces(tokens.Text(), null);
            return;
        }
        if (!isPlain || tokens.Kind != DocumentToken.List)
        {
            ReadArgument(ref tokens, isPlain);
            return;
        }
        var depth = tokens.Depth;
        tokens.Read();
        if (tokens.Kind != DocumentToken.Text || !tokens.Tag.IsEmpty)
        {
            WalkOn(ref tokens, depth);
            return;
        }
        var text = tokens.Text().ToString();
        var own = new HashSet<string>(StringComparer.Ordinal);
        tokens.Read();
        if (tokens.Kind == DocumentToken.Mapping)
        {
            for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
            {
                own.Add(tokens.Text().ToString());
                tokens.Read();
                Walk(ref tokens);
            }
            tokens.Read();
        }
        AddPlaces(text, own);
        WalkOn(ref tokens, depth);
    }

    /// <param name="own">The variables that the function brings itself.</param>
    private void AddPlaces(ReadOnlySpan<char> text, HashSet<string>? own)
    {
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", StringComparison.Ordinal))
        {
            text = text[(at + 2)..];
            var end = text.IndexOf('}');
            if (end < 0) return;
            // ${!Text} stands for ${Text} as it is.
            if (text[0] == '!') continue;
            var inner = text[..end].LastIndexOf("${", StringComparison.Ordinal);
            var name = text[(inner < 0 ? 0 : inner + 2)..end].Trim();
            if (own is null || !own.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)) Add(name);
            text = text[end..];
        }
    }

    private void ReadCollection<T>(ref T tokens, TemplateLoop loop)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind != DocumentToken.List || !tokens.Tag.IsEmpty)
        {
            var text = ReadText(ref tokens);
            if (text is ['$', '{', .. var parameter, '}']) loop.Parameter = parameter;
            return;
        }
        loop.Values = [];
        for (tokens.Read(); tokens.Kind != DocumentToken.ListEnd; tokens.Read()) loop.Values.Add(ReadText(ref tokens));
    }

    /// <summary>The logical id before an attribute's name; a dot in braces belongs to a place that a loop replaces.</summary>
    private static ReadOnlySpan<char> BeforeDot(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        if (dot < 0) return name;
        var open = name[..dot].LastIndexOf('{');
        if (open < 0 || name[open..dot].Contains('}')) return name[..dot];
        var close = name[dot..].IndexOf('}');
        if (close < 0) return name[..dot];
        var rest = name[(dot + close)..].IndexOf('.');
        return rest < 0 ? name : name[..(dot + close + rest)];
    }
}
