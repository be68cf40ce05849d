using System.Reflection;
using Xunit;

namespace Guardrails.AwsClients.Tests;

/// <summary>The generated clients against the official packages that are here, SSO and SSOOIDC: every public type and member by its signature.</summary>
public sealed class PublicApiTests
{
    // The table of the defaults modes: in the generated clients it is one for all services, and internal.
    private static readonly string[] ApprovedMissing = ["AmazonSSODefaultConfiguration", "AmazonSSOOIDCDefaultConfiguration"];

    [Theory]
    [InlineData("SSO", 100)]
    [InlineData("SSOOIDC", 200)]
    public void Generated_client_has_the_official_public_surface_and_nothing_more(string service, int atLeast)
    {
        var official = Surface(Assembly.Load($"AWSSDK.{service}"), $"Amazon.{service}");
        var generated = Surface(Assembly.Load("Guardrails.AwsClients.TwoWay.Clients"), $"Amazon.{service}");
        Assert.True(official.Count >= atLeast, $"only {official.Count} items were found to compare");
        var extra = generated.Except(official).Select(item => "extra: " + item);
        var missing = official.Except(generated).Where(item => !ApprovedMissing.Any(m => item.StartsWith($"Amazon.{service}.{m}", StringComparison.Ordinal)));
        Assert.Equal("", string.Join('\n', extra.Concat(missing.Select(item => "missing: " + item))));
    }

    private static HashSet<string> Surface(Assembly assembly, string root)
    {
        var types = assembly.GetExportedTypes().Where(t => t.Namespace == root || t.Namespace == root + ".Model");
        return [.. types.SelectMany(Items)];
    }

    private static IEnumerable<string> Items(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var modifiers = $"{(type.IsInterface ? "interface" : "class")}{(type.IsAbstract ? " abstract" : "")}{(type.IsSealed ? " sealed" : "")}";
        // Amazon.Runtime.SharedInterfaces is how Core itself finds the few services that it calls; no service of this project is among them.
        var visible = type.GetInterfaces().Where(i => i.IsVisible && i.Namespace != "Amazon.Runtime.SharedInterfaces");
        var interfaces = string.Join(", ", visible.Select(Name).Order(StringComparer.Ordinal));
        yield return $"{type.FullName}: {modifiers} {Name(type.BaseType)} [{interfaces}]";
        foreach (var constructor in type.GetConstructors(All).Where(IsVisible))
            yield return $"{type.FullName}({Parameters(constructor)})";
        foreach (var method in type.GetMethods(All).Where(m => IsVisible(m) && !m.Name.Contains("Amazon.Runtime.IAmazonService.", StringComparison.Ordinal)))
        {
            var kind = (method.IsStatic ? "static " : "") + (method.IsVirtual && !method.IsFinal ? "virtual " : "") + (method.IsFamily ? "protected " : "");
            yield return $"{type.FullName}.{kind}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";
        }

        foreach (var field in type.GetFields(All).Where(f => f.IsPublic || f.IsFamily))
        {
            var kind = (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            yield return $"{type.FullName}.{kind}{Name(field.FieldType)} {field.Name}{Constant(field)}";
        }
    }

    // The value of an enumeration's constant is part of the surface.
    private static string Constant(FieldInfo field) => field.IsStatic && field.FieldType.BaseType?.Name == "ConstantClass" ? $" = {field.GetValue(null)}" : "";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type? type) => type switch
    {
        null => "",
        { IsGenericType: true } => $"{type.Namespace}.{type.Name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.FullName ?? type.Name,
    };
}
