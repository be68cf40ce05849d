using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Guardrails.Help;

/// <summary>Reads the cmdlets that an assembly declares, from its metadata alone: nothing of it is loaded or run.</summary>
internal sealed class CmdletReader
{
    private readonly MetadataReader _metadata;

    private CmdletReader(MetadataReader metadata) => _metadata = metadata;

    public static IReadOnlyList<CmdletFacts> Read(string assemblyPath)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        var reader = new CmdletReader(image.GetMetadataReader());
        return [.. reader.Cmdlets().OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    private IEnumerable<CmdletFacts> Cmdlets()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var cmdlets = Attributes(type.GetCustomAttributes(), "CmdletAttribute").ToList();
            if (cmdlets.Count == 0) continue;
            var cmdlet = cmdlets[0];
            var parameters = Properties(type).SelectMany(property => Parameter(property.Owner, property.Definition));
            var outputs = Attributes(type.GetCustomAttributes(), "OutputTypeAttribute").SelectMany(OutputTypes);
            yield return new CmdletFacts(
                "T:" + FullName(type), Fixed<string>(cmdlet, 0)!, Fixed<string>(cmdlet, 1)!, Named(cmdlet, "SupportsShouldProcess", false),
                Named<string?>(cmdlet, "DefaultParameterSetName", null), [.. parameters], [.. outputs.Distinct()]);
        }
    }

    /// <summary>The type's own properties and those of its bases in the same assembly, bases last.</summary>
    private IEnumerable<(TypeDefinition Owner, PropertyDefinition Definition)> Properties(TypeDefinition type)
    {
        while (true)
        {
            foreach (var handle in type.GetProperties()) yield return (type, _metadata.GetPropertyDefinition(handle));
            if (type.BaseType.Kind != HandleKind.TypeDefinition) yield break;
            type = _metadata.GetTypeDefinition((TypeDefinitionHandle)type.BaseType);
        }
    }

    private IEnumerable<ParameterFacts> Parameter(TypeDefinition owner, PropertyDefinition property)
    {
        var attributes = property.GetCustomAttributes();
        var uses = Attributes(attributes, "ParameterAttribute").Select(Use).ToList();
        if (uses.Count == 0) yield break;
        var name = _metadata.GetString(property.Name);
        var type = property.DecodeSignature(TypeNames.Instance, null).ReturnType.Short;
        var aliases = Attributes(attributes, "AliasAttribute").SelectMany(Strings).ToList();
        yield return new ParameterFacts(name, $"P:{FullName(owner)}.{name}", type, aliases, Attributes(attributes, "SupportsWildcardsAttribute").Any(), uses);
    }

    private static ParameterUse Use(CustomAttributeValue<TypeName> parameter)
    {
        var set = Named<string?>(parameter, "ParameterSetName", null);
        var position = Named(parameter, "Position", int.MinValue);
        return new ParameterUse(
            set is null or "__AllParameterSets" ? null : set, Named(parameter, "Mandatory", false), position < 0 ? null : position,
            Named(parameter, "ValueFromPipeline", false), Named(parameter, "ValueFromPipelineByPropertyName", false));
    }

    private IEnumerable<CustomAttributeValue<TypeName>> Attributes(CustomAttributeHandleCollection attributes, string typeName)
    {
        foreach (var handle in attributes)
        {
            var attribute = _metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var constructor = _metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
            if (constructor.Parent.Kind != HandleKind.TypeReference) continue;
            var type = _metadata.GetTypeReference((TypeReferenceHandle)constructor.Parent);
            if (_metadata.StringComparer.Equals(type.Name, typeName)) yield return attribute.DecodeValue(TypeNames.Instance);
        }
    }

    private static IEnumerable<string> OutputTypes(CustomAttributeValue<TypeName> attribute) =>
        Elements(attribute).Select(element => element.Value switch { TypeName type => type.Full, string name => name, _ => null }).OfType<string>();

    private static IEnumerable<string> Strings(CustomAttributeValue<TypeName> attribute) => Elements(attribute).Select(element => element.Value).OfType<string>();

    /// <summary>The elements of an attribute's only argument, a params array.</summary>
    private static IEnumerable<CustomAttributeTypedArgument<TypeName>> Elements(CustomAttributeValue<TypeName> attribute) =>
        attribute.FixedArguments.SelectMany(argument =>
            argument.Value is IEnumerable<CustomAttributeTypedArgument<TypeName>> many ? many : [argument]);

    private static T? Fixed<T>(CustomAttributeValue<TypeName> attribute, int index) => (T?)attribute.FixedArguments[index].Value;

    private static T Named<T>(CustomAttributeValue<TypeName> attribute, string name, T otherwise)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Name == name) return (T)argument.Value!;
        return otherwise;
    }

    private string FullName(TypeDefinition type) => $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
}
