using System.Globalization;

namespace Guardrails;

/// <summary>Makes sightings of what was read of a template: repeats what loops repeat, adds what SAM makes, and says what each reference means.</summary>
internal sealed class TemplateAssembly
{
    private const int MostConnections = 100_000;
    private readonly TemplateContent _content;
    private readonly TemplateLoops _loops;
    private readonly string _file;

    /// <summary>What is made: of which draft, in which pass of its loops, and its local id by number.</summary>
    private readonly List<(TemplateDraft Draft, TemplateBinding? Pass, int Id)> _made = [];

    /// <summary>By source and by number: what connectors connect it to.</summary>
    private readonly Dictionary<int, List<int>> _connections = [];
    private TemplateTargets _targets = null!;
    private int _unknownImports;
    private int _twice;

    private TemplateAssembly(TemplateContent content, string file)
    {
        _content = content;
        _loops = new TemplateLoops(content);
        _file = file;
    }

    /// <param name="digest">The content's digest.</param>
    public static InventoryFile Make(TemplateContent content, string file, string digest)
    {
        var assembly = new TemplateAssembly(content, file);
        assembly.AddImplicitApis();
        assembly.AddMade();
        assembly._targets = new TemplateTargets(content, assembly._made);
        assembly.AddConnections();
        var resources = assembly._made.ConvertAll(assembly.Sighting);
        resources.Sort((a, b) => string.CompareOrdinal(a.LocalId, b.LocalId));
        return new InventoryFile
        {
            File = file,
            Kind = InventorySourceKind.Template,
            ContentDigest = digest,
            Resources = resources,
            Exports = assembly.Exports(),
            Gaps = assembly.Gaps(),
        };
    }

    // SAM specification, events of functions: without RestApiId or ApiId they belong to an API that SAM makes (read 2026-11-25).
    private void AddImplicitApis()
    {
        TemplateDraft? api = null;
        TemplateDraft? httpApi = null;
        foreach (var draft in _content.Resources)
        {
            if (!TemplateTypes.IsServerless(draft.Type)) continue;
            if (draft.UsesImplicitApi) draft.References.Add(new((api ??= Implicit("ServerlessRestApi", TemplateTypes.Api)).Name, null, -1));
            if (draft.UsesImplicitHttpApi) draft.References.Add(new((httpApi ??= Implicit("ServerlessHttpApi", TemplateTypes.HttpApi)).Name, null, -1));
        }
        foreach (var made in (TemplateDraft?[])[api, httpApi])
        {
            if (made is not null && _content.Resources.TrueForAll(draft => draft.Name != made.Name)) _content.Resources.Add(made);
        }
    }

    private TemplateDraft Implicit(string name, string type) => new(_content.Names.Number(name), null) { Type = type, Facts = _content.Facts.Of(type) };

    private void AddMade()
    {
        var known = new HashSet<int>();
        foreach (var draft in _content.Resources)
        {
            foreach (var pass in _loops.Of(draft.Loop))
            {
                var id = pass is null ? draft.Name : _content.Names.Number(TemplateBinding.Apply(pass, _content.Names[draft.Name]));
                if (known.Add(id)) _made.Add((draft, pass, id));
                else _twice++;
            }
        }
    }

    private void AddConnections()
    {
        var left = MostConnections;
        foreach (var (draft, pass, id) in _made)
        {
            if (draft.Type != TemplateTypes.Connector) continue;
            var sources = Numbers(draft.Sources, pass);
            var destinations = Numbers(draft.Destinations, pass);
            // An end that is not in the template is given by ARN: then the connector itself stands for it.
            if (sources.Count == 0) sources.Add(id);
            else if (destinations.Count == 0) (sources, destinations) = ([id], sources);
            foreach (var source in sources)
            {
                if (!_connections.TryGetValue(source, out var targets)) _connections[source] = targets = [];
                foreach (var destination in destinations)
                {
                    if (left-- > 0) targets.Add(destination);
                }
            }
        }
    }

    private List<int> Numbers(List<string>? ids, TemplateBinding? pass) =>
        [.. (ids ?? []).Select(id => _targets.Number(TemplateBinding.Apply(pass, id))).Where(number => number >= 0)];

    private ResourceSighting Sighting((TemplateDraft Draft, TemplateBinding? Pass, int Id) made)
    {
        var (draft, pass, id) = made;
        var globals = TemplateTypes.IsServerless(draft.Type) ? _content.Globals.GetValueOrDefault(draft.Type![TemplateTypes.Serverless.Length..]) : null;
        var name = _content.Names[id];
        var facts = draft.Facts?.Facts;
        return new ResourceSighting
        {
            LocalId = name,
            LogicalId = name,
            Type = draft.Type!,
            Variant = Variant(facts, draft, globals, pass),
            PhysicalId = Value(facts?.NameProperty, draft, null, pass),
            Workload = Literal(draft.WorkloadKey is null ? globals?.Workload : draft.Workload, pass),
            DataGigabytes = Gigabytes(Value(facts?.SizeProperty, draft, globals, pass)),
            References = References(draft, globals, pass, id),
            Traits = Traits(draft, globals),
        };
    }

    private List<SightedReference> References(TemplateDraft draft, TemplateDraft? globals, TemplateBinding? pass, int id)
    {
        if (draft is { References.Count: 0, Imports: null } && globals is null && _connections.Count == 0) return [];
        _targets.Begin(id);
        Collect(draft, null, pass);
        if (globals is not null) Collect(globals, draft.Properties, pass);
        if (_connections.Count > 0 && _connections.TryGetValue(id, out var connected))
        {
            foreach (var target in connected) _targets.Add(target);
        }
        return _targets.End();
    }

    /// <param name="replaced">The properties by which those of the draft are replaced.</param>
    private void Collect(TemplateDraft draft, List<int>? replaced, TemplateBinding? pass)
    {
        foreach (var reference in draft.References)
        {
            if (reference.Property >= 0 && replaced is not null && replaced.Contains(reference.Property)) continue;
            if (pass is null && reference.Loop is null)
            {
                _targets.Add(reference.Name);
                continue;
            }
            var text = _content.Names[reference.Name];
            if (!TemplateLoop.IsPattern(text)) _targets.Add(reference.Name);
            else foreach (var inner in Passes(reference.Loop, draft, pass)) _targets.Add(TemplateBinding.Apply(inner, text));
        }
        foreach (var (name, loop) in draft.Imports ?? [])
        {
            foreach (var inner in TemplateLoop.IsPattern(name) ? Passes(loop, draft, pass) : [pass])
            {
                if (Literal(name, inner) is { } import) _targets.AddImport(import);
                else _unknownImports++;
            }
        }
    }

    private IReadOnlyList<TemplateBinding?> Passes(TemplateLoop? loop, TemplateDraft draft, TemplateBinding? pass) =>
        loop is null || loop == draft.Loop ? [pass] : _loops.Within(loop, draft.Loop, pass);

    private List<KeyValuePair<string, string>> Exports()
    {
        var exports = new List<KeyValuePair<string, string>>();
        foreach (var (value, name) in _content.Exports)
        {
            if (name is null) continue;
            foreach (var pass in _loops.Of(value.Loop))
            {
                _targets.Begin(-1);
                Collect(value, null, pass);
                // A value that is made of several resources is none of them.
                if (Literal(name, pass) is { } literal && _targets.OnlyResource() is { } target) exports.Add(new(literal, target));
            }
        }
        exports.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key) is var order and not 0 ? order : string.CompareOrdinal(a.Value, b.Value));
        return exports;
    }

    /// <summary>A property's literal value, from the resource or else from what SAM gives to all of its type.</summary>
    private static string? Value(string? property, TemplateDraft draft, TemplateDraft? globals, TemplateBinding? pass)
    {
        if (property is null) return null;
        var texts = draft.Texts?.Exists(one => one.Property == property) == true ? draft.Texts : globals?.Texts;
        return texts is null ? null : Literal(texts.Find(one => one.Property == property).Text, pass);
    }

    // What stays a pattern, and what Secrets Manager or Parameter Store is asked for at deployment, is no literal.
    private static string? Literal(string? text, TemplateBinding? pass)
    {
        if (string.IsNullOrEmpty(text)) return null;
        text = TemplateBinding.Apply(pass, text);
        return TemplateLoop.IsPattern(text) || text.Contains("{{", StringComparison.Ordinal) ? null : text;
    }

    // What a template leaves out has its documented default. What it gives otherwise than as text, or a macro may still add, is not known.
    private string? Variant(ResourceTypeFacts? facts, TemplateDraft draft, TemplateDraft? globals, TemplateBinding? pass)
    {
        if (facts?.VariantProperty is not { } property) return null;
        if (Value(property, draft, globals, pass) is { } value) return facts.VariantValues.FirstOrDefault(allowed => allowed.Equals(value, StringComparison.OrdinalIgnoreCase));
        return MayHave(draft, property) || globals is not null && MayHave(globals, property) || _content.HasMacro ? null : facts.DefaultVariant;
    }

    private static bool MayHave(TemplateDraft draft, string property) =>
        draft.HasMacro || draft.Texts?.Exists(one => one.Property == property) == true;

    private static double? Gigabytes(string? gibibytes) =>
        double.TryParse(gibibytes, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size) && double.IsFinite(size) ? size * DataSizes.GigabytesOfGibibyte : null;

    private TemplateTraits Traits(TemplateDraft draft, TemplateDraft? globals)
    {
        var traits = TemplateTraits.CloudFormation;
        if (draft.HasMacro || globals?.HasMacro == true || _content.HasMacro || TemplateTypes.IsServerless(draft.Type)) traits |= TemplateTraits.Macro;
        if (TemplateTypes.IsCustom(draft.Type!)) traits |= TemplateTraits.CustomResource;
        if (TemplateTypes.IsNested(draft.Type!)) traits |= TemplateTraits.NestedStack;
        return traits;
    }

    private List<InventoryGap> Gaps()
    {
        var gaps = new List<InventoryGap>();
        if (_content.HasResources || _content.IsDamaged) gaps.AddRange(_content.Gaps);
        else Add(InventoryGapKind.NotAnInventory, 1, "is no template: at its top there is no mapping 'Resources'. Leave it out, or give the template itself.");
        foreach (var loop in _loops.Unknown) Add(InventoryGapKind.FailedCollector, 1, $"repeats '{loop}' over a collection that is only known at deployment; what is in it is counted once. Read the processed template instead.");
        if (_loops.IsCut) Add(InventoryGapKind.FailedCollector, 1, "repeats more than 20000 times; what is beyond is not counted.");
        if (_twice > 0) Add(InventoryGapKind.FailedCollector, _twice, $"names {_twice} resources with a logical id that stands there already; the first of each is counted.");
        var imports = _content.UnknownImports + _unknownImports;
        if (imports > 0) Add(InventoryGapKind.UnresolvedReference, imports, $"imports {imports} values by names that are only made at deployment; what they refer to is not known.");
        gaps.Sort((a, b) => a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : string.CompareOrdinal(a.Message, b.Message));
        return gaps;

        void Add(InventoryGapKind kind, int count, string message) => gaps.Add(new InventoryGap { Kind = kind, File = _file, Count = count, Message = $"{_file} {message}" });
    }
}
