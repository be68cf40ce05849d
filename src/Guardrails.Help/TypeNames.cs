using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Guardrails.Help;

/// <summary>A type by its name, full or as people write it in PowerShell.</summary>
internal sealed record TypeName(string Full, string Short);

/// <summary>Names for the types in signatures and attributes, without loading any of them.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<TypeName, object?>, ICustomAttributeTypeProvider<TypeName>
{
    public static TypeNames Instance { get; } = new();

    public TypeName GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => new("System.Boolean", "bool"),
        PrimitiveTypeCode.Int32 => new("System.Int32", "int"),
        PrimitiveTypeCode.Int64 => new("System.Int64", "long"),
        PrimitiveTypeCode.Double => new("System.Double", "double"),
        PrimitiveTypeCode.String => new("System.String", "string"),
        PrimitiveTypeCode.Object => new("System.Object", "object"),
        _ => new("System." + typeCode, typeCode.ToString()),
    };

    public TypeName GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return Named(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public TypeName GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return Named(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public TypeName GetGenericInstantiation(TypeName genericType, ImmutableArray<TypeName> typeArguments) =>
        genericType.Full == "System.Nullable`1"
            ? typeArguments[0]
            : new(genericType.Full, genericType.Short.Split('`')[0] + "[" + string.Join(",", typeArguments.Select(argument => argument.Short)) + "]");

    public TypeName GetSZArrayType(TypeName elementType) => new(elementType.Full + "[]", elementType.Short + "[]");

    public TypeName GetArrayType(TypeName elementType, ArrayShape shape) => GetSZArrayType(elementType);

    public TypeName GetSystemType() => new("System.Type", "Type");

    public bool IsSystemType(TypeName type) => type.Full == "System.Type";

    /// <summary>A type in an attribute's argument, written there as <c>Namespace.Type, Assembly</c>.</summary>
    public TypeName GetTypeFromSerializedName(string name)
    {
        var full = name.Split(',')[0];
        return Named("", full) with { Short = full[(full.LastIndexOf('.') + 1)..] };
    }

    /// <summary>Every enumeration in PowerShell's attributes is stored as an Int32.</summary>
    public PrimitiveTypeCode GetUnderlyingEnumType(TypeName type) => PrimitiveTypeCode.Int32;

    public TypeName GetModifiedType(TypeName modifier, TypeName unmodifiedType, bool isRequired) => unmodifiedType;
    public TypeName GetPinnedType(TypeName elementType) => elementType;
    public TypeName GetByReferenceType(TypeName elementType) => elementType;
    public TypeName GetPointerType(TypeName elementType) => elementType;
    public TypeName GetFunctionPointerType(MethodSignature<TypeName> signature) => new("System.IntPtr", "IntPtr");
    public TypeName GetGenericMethodParameter(object? genericContext, int index) => new("!!" + index, "!!" + index);
    public TypeName GetGenericTypeParameter(object? genericContext, int index) => new("!" + index, "!" + index);

    public TypeName GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static TypeName Named(string space, string name) => new(space.Length == 0 ? name : space + "." + name, name);
}
