namespace Guardrails;

/// <summary>Looks for the workload tag among the tags of a resource: a list of mappings with key and value, or a mapping of keys to values.</summary>
internal sealed class TemplateTags(string workloadTag, TemplateIntrinsics intrinsics, TemplateDraft resource)
{
    public void Read<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        if (!tokens.Tag.IsEmpty || tokens.Kind == DocumentToken.Text) intrinsics.Walk(ref tokens);
        else if (tokens.Kind == DocumentToken.Mapping) ReadMapping(ref tokens);
        else ReadList(ref tokens);
    }

    private void ReadMapping<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (!IsWorkload(tokens.Text()))
            {
                intrinsics.WalkEntry(ref tokens);
                continue;
            }
            var key = tokens.Text().ToString();
            tokens.Read();
            Take(key, intrinsics.ReadText(ref tokens));
        }
    }

    private void ReadList<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        for (tokens.Read(); tokens.Kind != DocumentToken.ListEnd; tokens.Read())
        {
            if (tokens.Kind == DocumentToken.Mapping && tokens.Tag.IsEmpty) ReadItem(ref tokens);
            else intrinsics.Walk(ref tokens);
        }
    }

    private void ReadItem<T>(ref T tokens)
        where T : IDocumentTokens, allows ref struct
    {
        string? key = null;
        string? value = null;
        for (tokens.Read(); tokens.Kind == DocumentToken.Key; tokens.Read())
        {
            if (tokens.TextIs("Key"u8))
            {
                tokens.Read();
                key = tokens.Kind == DocumentToken.Text && tokens.Tag.IsEmpty && !IsWorkload(tokens.Text()) ? "" : intrinsics.ReadText(ref tokens);
            }
            else if (key != "" && tokens.TextIs("Value"u8))
            {
                tokens.Read();
                value = intrinsics.ReadText(ref tokens);
            }
            else
            {
                intrinsics.WalkEntry(ref tokens);
            }
        }
        if (key is not null && IsWorkload(key)) Take(key, value);
    }

    // Where several keys differ only in case, the order in which they stand decides nothing.
    private void Take(string key, string? value)
    {
        if (resource.WorkloadKey is not null && string.CompareOrdinal(resource.WorkloadKey, key) <= 0) return;
        (resource.WorkloadKey, resource.Workload) = (key, value);
    }

    private bool IsWorkload(ReadOnlySpan<char> key) => key.Equals(workloadTag, StringComparison.OrdinalIgnoreCase);
}
