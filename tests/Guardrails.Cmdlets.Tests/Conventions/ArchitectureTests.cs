using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Guardrails.Cmdlets.Tests;

/// <summary>Who may know whom, read from the built assemblies.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Parts = ["Guardrails.Aws", "Guardrails.AwsClients", "Guardrails.Formats", "Guardrails.Sandbox"];

    [Fact]
    public void Core_knows_nothing_but_the_runtime() =>
        Assert.All(References(Path.Combine(Repository.Root, "module", "bin", "Guardrails.Core.dll")), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void The_sandbox_knows_no_project_and_no_package() =>
        Assert.All(References(Dependency("Guardrails.Sandbox")), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void The_formats_know_no_cloud() =>
        Assert.DoesNotContain(References(Dependency("Guardrails.Formats")), name => name.StartsWith("AWSSDK", StringComparison.Ordinal) || name is "Guardrails.Aws" or "Guardrails.Sandbox");

    [Fact]
    public void AWS_types_stop_at_Guardrails_Aws() =>
        Assert.DoesNotContain(References(Dependency("Guardrails.Cmdlets")), name => name.StartsWith("AWSSDK", StringComparison.Ordinal) || name == "Guardrails.AwsClients");

    [Fact]
    public void Only_the_composition_knows_AWS_the_formats_and_the_sandbox()
    {
        using var image = new PEReader(File.OpenRead(Dependency("Guardrails.Cmdlets")));
        var users = UsersOf(image, Parts).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["Guardrails.Cmdlets.Composition"], users);
    }

    [Fact]
    public void The_reader_of_users_sees_fields_signatures_and_bodies()
    {
        // The same reader on something known: without this, it could be blind and the test above always green.
        using var image = new PEReader(File.OpenRead(Dependency("Guardrails.Cmdlets")));
        var users = UsersOf(image, ["Guardrails.Core"]);
        Assert.Contains("Guardrails.Cmdlets.AccountCompleter", users);
        Assert.Contains("Guardrails.Cmdlets.ConnectedCmdlet", users);
        Assert.DoesNotContain("Guardrails.Cmdlets.KnownError", users);
    }

    private static string Dependency(string name) => Path.Combine(Repository.Dependencies, name + ".dll");

    private static IEnumerable<string> References(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Where(name => name is not ("netstandard" or "mscorlib"))];
    }

    /// <summary>The outermost types that mention a type of one of these assemblies: as a base, in a signature, or in a body.</summary>
    private static HashSet<string> UsersOf(PEReader image, IReadOnlyCollection<string> assemblies)
    {
        var metadata = image.GetMetadataReader();
        var foreign = new ForeignTypes(metadata, assemblies);
        var users = new HashSet<string>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (foreign.In(type.BaseType)
                || type.GetFields().Any(field => foreign.In(metadata.GetFieldDefinition(field).DecodeSignature(foreign, null)))
                || type.GetMethods().Any(method => foreign.In(image, metadata.GetMethodDefinition(method))))
                users.Add(Outermost(metadata, handle));
        }
        return users;
    }

    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>Decodes a signature to whether a foreign type is in it.</summary>
    private sealed class ForeignTypes(MetadataReader metadata, IReadOnlyCollection<string> assemblies) : ISignatureTypeProvider<bool, object?>
    {
        private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
            .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

        public bool In(bool inSignature) => inSignature;

        public bool In(EntityHandle handle) => !handle.IsNil && handle.Kind switch
        {
            HandleKind.TypeReference => In((TypeReferenceHandle)handle),
            HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
            HandleKind.MemberReference => In((MemberReferenceHandle)handle),
            HandleKind.MethodSpecification => In((MethodSpecificationHandle)handle),
            _ => false,
        };

        public bool In(PEReader image, MethodDefinition method)
        {
            if (Any(method.DecodeSignature(this, null))) return true;
            if (method.RelativeVirtualAddress == 0) return false;
            var body = image.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil && metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).Any(local => local)) return true;
            var code = body.GetILReader();
            while (code.RemainingBytes > 0)
            {
                int value = code.ReadByte();
                if (value == 0xFE) value = 0xFE00 | code.ReadByte();
                switch (Operands[value])
                {
                    case OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineField or OperandType.InlineTok:
                        if (In((EntityHandle)MetadataTokens.Handle(code.ReadInt32()))) return true;
                        break;
                    case OperandType.InlineSwitch:
                        var targets = code.ReadInt32();
                        code.Offset += 4 * targets;
                        break;
                    case var operand:
                        code.Offset += Size(operand);
                        break;
                }
            }
            return false;
        }

        private bool In(TypeReferenceHandle handle)
        {
            var scope = metadata.GetTypeReference(handle).ResolutionScope;
            return scope.Kind switch
            {
                HandleKind.AssemblyReference => assemblies.Contains(metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
                HandleKind.TypeReference => In((TypeReferenceHandle)scope),
                _ => false,
            };
        }

        private bool In(MemberReferenceHandle handle)
        {
            var member = metadata.GetMemberReference(handle);
            if (In(member.Parent)) return true;
            return member.GetKind() == MemberReferenceKind.Field ? member.DecodeFieldSignature(this, null) : Any(member.DecodeMethodSignature(this, null));
        }

        private bool In(MethodSpecificationHandle handle)
        {
            var method = metadata.GetMethodSpecification(handle);
            return In(method.Method) || method.DecodeSignature(this, null).Any(argument => argument);
        }

        private static bool Any(MethodSignature<bool> signature) => signature.ReturnType || signature.ParameterTypes.Any(parameter => parameter);

        private static int Size(OperandType operand) => operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => In(handle);
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => false;
        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => In(handle);
        public bool GetGenericInstantiation(bool genericType, System.Collections.Immutable.ImmutableArray<bool> typeArguments) => genericType || typeArguments.Any(argument => argument);
        public bool GetFunctionPointerType(MethodSignature<bool> signature) => Any(signature);
        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => modifier || unmodifiedType;
        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => false;
        public bool GetArrayType(bool elementType, ArrayShape shape) => elementType;
        public bool GetSZArrayType(bool elementType) => elementType;
        public bool GetByReferenceType(bool elementType) => elementType;
        public bool GetPointerType(bool elementType) => elementType;
        public bool GetPinnedType(bool elementType) => elementType;
        public bool GetGenericMethodParameter(object? genericContext, int index) => false;
        public bool GetGenericTypeParameter(object? genericContext, int index) => false;
    }
}
