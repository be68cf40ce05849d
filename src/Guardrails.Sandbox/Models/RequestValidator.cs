using System.Globalization;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Finds what a request breaks of its model: required, length, pattern, enumeration, range, size of lists, at every depth.</summary>
internal static class RequestValidator
{
    public static List<Violation> Check(StructureShape shape, JsonObject request)
    {
        var violations = new List<Violation>();
        Structure(shape, request, "", violations);
        return violations;
    }

    private static void Structure(StructureShape shape, JsonObject value, string path, List<Violation> violations)
    {
        foreach (var member in shape.Members.Values)
        {
            var at = path.Length == 0 ? member.WireName : $"{path}.{member.WireName}";
            if (value[member.WireName] is { } present) Any(member.Shape, present, at, false, violations);
            else if (member.Required) violations.Add(new Violation(ViolationKind.Missing, at, member.Shape, false, null));
        }
    }

    private static void Any(Shape shape, JsonNode value, string path, bool listItem, List<Violation> violations)
    {
        switch (shape)
        {
            case StructureShape structure:
                Structure(structure, (JsonObject)value, path, violations);
                break;
            case ListShape list:
                Items(list, (JsonArray)value, path, violations);
                break;
            case MapShape map:
                foreach (var (key, item) in (JsonObject)value) Any(map.Value, item!, $"{path}[{key}]", false, violations);
                break;
            case StringShape text when Broken(text, value.GetValue<string>()) is { } kind:
                violations.Add(new Violation(kind, path, shape, listItem, value.GetValue<string>()));
                break;
            case EnumShape choice when !choice.Values.Contains(value.GetValue<string>()):
                violations.Add(new Violation(ViolationKind.UnknownValue, path, shape, listItem, value.GetValue<string>()));
                break;
            case NumberShape number when Broken(number, double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)) is { } kind:
                violations.Add(new Violation(kind, path, shape, listItem, value.ToJsonString()));
                break;
            default:
                break;
        }
    }

    private static void Items(ListShape list, JsonArray value, string path, List<Violation> violations)
    {
        if (value.Count < list.Minimum) violations.Add(new Violation(ViolationKind.TooFewItems, path, list, false, null));
        if (value.Count > list.Maximum) violations.Add(new Violation(ViolationKind.TooManyItems, path, list, false, null));
        for (var i = 0; i < value.Count; i++) Any(list.Item, value[i]!, $"{path}[{i}]", true, violations);
    }

    private static ViolationKind? Broken(StringShape shape, string value)
    {
        var length = value.EnumerateRunes().Count();
        if (length < shape.Minimum) return ViolationKind.TooShort;
        if (length > shape.Maximum) return ViolationKind.TooLong;
        return shape.Pattern is null || shape.Pattern.IsMatch(value) ? null : ViolationKind.PatternBroken;
    }

    private static ViolationKind? Broken(NumberShape shape, double value)
    {
        if (value < shape.Minimum) return ViolationKind.TooSmall;
        return value > shape.Maximum ? ViolationKind.TooLarge : null;
    }
}
