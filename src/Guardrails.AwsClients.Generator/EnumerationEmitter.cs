using System.Text.RegularExpressions;

namespace Guardrails.AwsClients.Generator;

/// <summary>Enumerations, as ConstantClass: a value that is not known here is kept, not refused.</summary>
internal static class EnumerationEmitter
{
    public static void Emit(SourceWriter w, ServiceModel model)
    {
        w.Open($"namespace {model.Namespace}");
        foreach (var enumeration in model.Enumerations)
        {
            var name = enumeration.Name;
            w.Open($"public partial class {name} : ConstantClass");
            foreach (var value in enumeration.Values)
                w.Line($"public static readonly {name} {Constant(value)} = new {name}({SourceWriter.Quote(value)});");
            w.Line($"public {name}(string value) : base(value) {{ }}");
            w.Line($"public static {name} FindValue(string value) => FindValue<{name}>(value);");
            w.Line($"public static implicit operator {name}(string value) => FindValue(value);");
            w.Close();
        }

        w.Close();
    }

    private static string Constant(string value)
    {
        var parts = Regex.Split(value, "[^A-Za-z0-9_]+").Where(p => p.Length > 0).Select(p => char.ToUpperInvariant(p[0]) + p.Substring(1));
        var name = string.Concat(parts);
        if (name.Length == 0)
            throw new ModelException($"value {value} gives no name");
        return char.IsDigit(name[0]) ? "_" + name : name;
    }
}
