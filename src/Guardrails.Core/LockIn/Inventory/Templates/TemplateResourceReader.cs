namespace Guardrails;

/// <summary>Reads one resource of a template: its type, what it refers to, and the few properties whose values are wanted.</summary>
internal sealed class TemplateResourceReader(TemplateContent content, TemplateIntrinsics intrinsics, string file)
{
    /// <summary>From the key, which is the logical id, to the end of the resource.</summary>
    public void Read<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        var resource = new TemplateDraft(content.Names.Number(tokens.Text()), intrinsics.Loop);
        intrinsics.Draft = resource;
        tokens.Read();
        if (tokens.Kind == DocumentToken.Mapping)
        {
            for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read()) ReadAttribute(ref tokens, resource);
        }
        else
        {
            tokens.Skip();
        }
        if (resource.Type is null) content.Gaps.Add(Untyped(resource));
        else if (resource.Type != TemplateTypes.CdkMetadata) content.Resources.Add(resource);
    }

    /// <summary>A section of SAM's Globals, which is written like the properties of the resources that it stands for.</summary>
    public void ReadGlobals<T>(ref T tokens, TemplateDraft section)
        where T : IDocumentTokens, allows ref struct
    {
        intrinsics.Draft = section;
        ReadProperties(ref tokens, section, isGlobal: true);
        intrinsics.Property = -1;
    }

    private void ReadAttribute<T>(ref T tokens, TemplateDraft resource)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.TextIs("Type"u8))
        {
            tokens.Read();
            ReadType(ref tokens, resource);
        }
        else if (tokens.TextIs("Properties"u8))
        {
            tokens.Read();
            ReadProperties(ref tokens, resource, isGlobal: false);
        }
        else if (tokens.TextIs("DependsOn"u8))
        {
            tokens.Read();
            ReadDependencies(ref tokens);
        }
        else if (tokens.TextIs("Connectors"u8))
        {
            tokens.Read();
            ReadConnectors(ref tokens);
        }
        else if (tokens.TextIs("Condition"u8) || tokens.TextIs("DeletionPolicy"u8))
        {
            tokens.Skip();
        }
        else
        {
            // Update policies refer to resources, and what cfn-init reads from the metadata does too.
            intrinsics.WalkEntry(ref tokens);
        }
    }

    private void ReadType<T>(ref T tokens, TemplateDraft resource)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Tag is TemplateTypes.RainModule)
        {
            resource.Type ??= TemplateTypes.RainModule;
        }
        else if (tokens.Kind == DocumentToken.Text && tokens.Tag.IsEmpty)
        {
            var type = tokens.Text();
            if (resource.Type is null && !type.IsEmpty)
            {
                resource.Facts = content.Facts.Of(type);
                resource.Type = resource.Facts?.Facts.Type ?? type.ToString();
            }
        }
        else if (tokens.Kind == DocumentToken.Mapping)
        {
            var depth = tokens.Depth;
            tokens.Read();
            if (tokens.Kind == DocumentToken.Key && tokens.TextStartsWith("Rain::Module"u8)) resource.Type ??= TemplateTypes.RainModule;
            intrinsics.WalkOn(ref tokens, depth);
            return;
        }
        tokens.Skip();
    }

    private void ReadDependencies<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind == DocumentToken.Text)
        {
            intrinsics.Add(tokens.Text());
        }
        else if (tokens.Kind == DocumentToken.List)
        {
            for (tokens.Read(); tokens.Kind != DocumentToken.ListEnd; tokens.Read()) intrinsics.Add(intrinsics.ReadText(ref tokens));
        }
        else
        {
            intrinsics.Walk(ref tokens);
        }
    }

    private void ReadProperties<T>(ref T tokens, TemplateDraft resource, bool isGlobal)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind != DocumentToken.Mapping || !tokens.Tag.IsEmpty)
        {
            intrinsics.Walk(ref tokens);
            return;
        }
        // Where the type stands after the properties, it may be one of SAM's.
        if (resource.Type is null || TemplateTypes.IsServerless(resource.Type)) resource.Properties ??= [];
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            var number = resource.Properties is null ? -1 : content.Names.Number(tokens.Text());
            if (number >= 0) resource.Properties!.Add(number);
            if (isGlobal) intrinsics.Property = number;
            var first = resource.References.Count;
            if (!ReadProperty(ref tokens, resource) && isGlobal) Inherit(resource, first);
        }
    }

    // Lists and mappings of the Globals are added to those of a resource; anything else is replaced by them.
    private static void Inherit(TemplateDraft section, int first)
    {
        for (var i = first; i < section.References.Count; i++) section.References[i] = section.References[i] with { Property = -1 };
    }

    /// <returns>True where the whole value is one text or one function.</returns>
    private bool ReadProperty<T>(ref T tokens, TemplateDraft resource)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.TextIs("Tags"u8))
        {
            tokens.Read();
            new TemplateTags(content.Facts.WorkloadTag, intrinsics, resource).Read(ref tokens);
            return false;
        }
        if (tokens.TextIs("Events"u8))
        {
            tokens.Read();
            ReadEvents(ref tokens, resource);
            return false;
        }
        if (tokens.TextIs("Source"u8))
        {
            tokens.Read();
            ReadConnected(ref tokens, resource.Sources ??= []);
            return false;
        }
        if (tokens.TextIs("Destination"u8))
        {
            tokens.Read();
            ReadConnected(ref tokens, resource.Destinations ??= []);
            return false;
        }
        if (resource.Type is null ? content.Facts.IsWanted(tokens.Text()) : resource.Facts is { } facts && facts.Wants(ref tokens))
        {
            var property = tokens.Text().ToString();
            tokens.Read();
            (resource.Texts ??= []).Add((property, intrinsics.ReadText(ref tokens)));
            return true;
        }
        return intrinsics.WalkEntry(ref tokens);
    }

    // Only SAM's functions and state machines have such events; anything else of that name has no such types, or is not asked for them.
    private void ReadEvents<T>(ref T tokens, TemplateDraft resource)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind != DocumentToken.Mapping || !tokens.Tag.IsEmpty)
        {
            intrinsics.Walk(ref tokens);
            return;
        }
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            tokens.Read();
            if (tokens.Kind == DocumentToken.Mapping && tokens.Tag.IsEmpty) ReadEvent(ref tokens, resource);
            else intrinsics.Walk(ref tokens);
        }
    }

    private void ReadEvent<T>(ref T tokens, TemplateDraft resource)
        where T : IDocumentTokens, allows ref struct
    {
        var (isApi, isHttpApi, namesApi) = (false, false, false);
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (tokens.TextIs("Type"u8))
            {
                tokens.Read();
                isApi = tokens.TextIs("Api"u8);
                isHttpApi = tokens.TextIs("HttpApi"u8);
                intrinsics.Walk(ref tokens);
            }
            else if (OpenProperties(ref tokens))
            {
                for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
                {
                    namesApi |= tokens.TextIs("RestApiId"u8) || tokens.TextIs("ApiId"u8);
                    intrinsics.WalkEntry(ref tokens);
                }
            }
        }
        resource.UsesImplicitApi |= isApi && !namesApi;
        resource.UsesImplicitHttpApi |= isHttpApi && !namesApi;
    }

    /// <summary>The connectors that are written in their source.</summary>
    private void ReadConnectors<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        var destinations = new List<string>();
        if (tokens.Kind != DocumentToken.Mapping)
        {
            intrinsics.Walk(ref tokens);
            return;
        }
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            tokens.Read();
            if (tokens.Kind == DocumentToken.Mapping && tokens.Tag.IsEmpty) ReadConnector(ref tokens, destinations);
            else intrinsics.Walk(ref tokens);
        }
        foreach (var destination in destinations) intrinsics.Add(destination);
    }

    private void ReadConnector<T>(ref T tokens, List<string> destinations)
        where T : IDocumentTokens, allows ref struct
    {
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (!OpenProperties(ref tokens)) continue;
            for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
            {
                if (!tokens.TextIs("Destination"u8))
                {
                    intrinsics.WalkEntry(ref tokens);
                    continue;
                }
                tokens.Read();
                ReadConnected(ref tokens, destinations);
            }
        }
    }

    /// <summary>One end of a connector: a mapping with the logical id, or a list of them.</summary>
    private void ReadConnected<T>(ref T tokens, List<string> ids)
        where T : IDocumentTokens, allows ref struct
    {
        if (tokens.Kind == DocumentToken.List && tokens.Tag.IsEmpty)
        {
            for (tokens.Read(); tokens.Kind != DocumentToken.ListEnd; tokens.Read()) ReadConnected(ref tokens, ids);
            return;
        }
        if (tokens.Kind != DocumentToken.Mapping || !tokens.Tag.IsEmpty)
        {
            intrinsics.Walk(ref tokens);
            return;
        }
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (!tokens.TextIs("Id"u8))
            {
                intrinsics.WalkEntry(ref tokens);
                continue;
            }
            tokens.Read();
            if (intrinsics.ReadText(ref tokens) is { } id) ids.Add(id);
        }
    }

    /// <summary>From a key to the beginning of its mapping where it is the properties; elsewhere through the value.</summary>
    private bool OpenProperties<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (!tokens.TextIs("Properties"u8))
        {
            intrinsics.WalkEntry(ref tokens);
            return false;
        }
        tokens.Read();
        if (tokens.Kind == DocumentToken.Mapping && tokens.Tag.IsEmpty) return true;
        intrinsics.Walk(ref tokens);
        return false;
    }

    private InventoryGap Untyped(TemplateDraft resource) => new()
    {
        Kind = InventoryGapKind.FailedCollector,
        File = file,
        Message = $"{file}: '{content.Names[resource.Name]}' is among the resources and its type is not written out; it is not counted.",
    };
}
