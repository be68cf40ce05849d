namespace Guardrails;

/// <summary><c>types</c>, <c>glue</c> and <c>terraform</c>: what the readers of inventories know of types.</summary>
internal sealed class TypeSections
{
    private readonly SectionEntries<ResourceTypeFacts> _types = new();
    private readonly Dictionary<string, (string Type, bool IsOwn)> _terraform = new(StringComparer.Ordinal);
    private readonly HashSet<string> _glue = new(StringComparer.Ordinal);

    /// <summary>Associations, attachments and permissions.</summary>
    public IReadOnlySet<string> Glue => _glue;

    public void Read(LockInDataFile file)
    {
        foreach (var type in file.Root.Texts("glue") ?? [])
        {
            if (!_glue.Add(type) && !file.IsOwn) file.Root.Find(file.Root.Value("glue")!, $"'{type}' is given twice in 'glue'.");
        }
        foreach (var (type, fields) in file.Section("types", "a type")) ReadType(file, type, fields);
        ReadTerraform(file);
    }

    public ResourceTypeCatalog Catalog() => new(_types.Values, _terraform.Select(one => KeyValuePair.Create(one.Key, one.Value.Type)));

    private void ReadType(LockInDataFile file, string type, DocumentFields fields)
    {
        var facts = new ResourceTypeFacts
        {
            Type = type,
            Arn = fields.Text("arn"),
            SameAs = fields.Text("sameAs"),
            NameProperty = fields.Text("name"),
            VariantProperty = fields.Text("variant"),
            VariantAttribute = fields.Text("attribute"),
            VariantValues = fields.Texts("variants") ?? [],
            DefaultVariant = fields.Text("default"),
            SizeProperty = fields.Text("size"),
            IdPrefix = fields.Text("prefix"),
            BillNames = fields.Texts("billed") ?? [],
        };
        if (facts.VariantProperty is null != (facts.VariantValues.Count == 0)) fields.Find(fields.Mapping, $"'{type}' needs both: 'variant', a property, and 'variants', the only values of it that may be shown.");
        if (facts.DefaultVariant is { } value && !facts.VariantValues.Contains(value, StringComparer.Ordinal)) fields.Wrong("default", value, "one of 'variants'", DocumentFields.Near(value, facts.VariantValues));
        if (facts.Arn is not null && ResourceArnPattern.Flaw(facts.Arn) is { } flaw) fields.Find(fields.Mapping, $"The 'arn' of '{type}' is none: {flaw}");
        _types.Add(file, type, fields, facts);
    }

    // One line for each Terraform type, as there are many: aws_sqs_queue: AWS::SQS::Queue
    private void ReadTerraform(LockInDataFile file)
    {
        if (file.Root.Fields("terraform", "a section") is not { } section) return;
        foreach (var (key, value) in section.Mapping.Entries)
        {
            if (value is not DocumentText { Text.Length: > 0 } type)
            {
                section.Find(value, $"'{key.Text}' is {DocumentFields.What(value)} where a CloudFormation type is expected.");
                continue;
            }
            if (_terraform.TryGetValue(key.Text, out var there) && there.IsOwn == file.IsOwn) section.Find(key, $"'{key.Text}' is in another file as well.");
            _terraform[key.Text] = (type.Text, file.IsOwn);
        }
    }
}
