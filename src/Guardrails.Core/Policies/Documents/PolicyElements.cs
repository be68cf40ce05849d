namespace Guardrails;

/// <summary>The elements of the IAM policy language in a document's JSON, as far as they have the right JSON type; the others are findings.</summary>
internal sealed record PolicyElements(PolicyWord? Version, PolicyWord? Id, IReadOnlyList<PolicyStatement> Statements)
{
    public static readonly PolicyElements None = new(null, null, []);

    public static PolicyElements Read(PolicyJson root, FindingList findings)
    {
        var statements = root["Statement"] is { } json ? new StatementReader(findings).Read(json) : [];
        return new(Text(root, "Version", findings, null), Text(root, "Id", findings, null), statements);
    }

    private static PolicyWord? Text(PolicyJson owner, string element, FindingList findings, string? statement)
    {
        if (owner[element] is not { } json) return null;
        if (json.Kind == PolicyJsonKind.String) return Word(json);
        findings.Add(ReadingRules.WrongKind, json.Offset, $"{element} is not a text.", statement);
        return null;
    }

    private static PolicyWord Word(PolicyJson json) => new(json.Text, json.Kind, json.Offset);

    private sealed class StatementReader(FindingList findings)
    {
        private string? _label;

        public List<PolicyStatement> Read(PolicyJson json)
        {
            var read = new List<PolicyStatement>();
            foreach (var one in json.Kind == PolicyJsonKind.Array ? json.Items : [json])
            {
                if (one.Kind == PolicyJsonKind.Object) read.Add(Statement(one, read.Count));
                else findings.Add(ReadingRules.WrongKind, one.Offset, "A statement is a JSON object, and this is none.");
            }
            return read;
        }

        private PolicyStatement Statement(PolicyJson json, int index)
        {
            _label = new PolicyStatement { Index = index, Json = json, Sid = json["Sid"] is { Kind: PolicyJsonKind.String } sid ? Word(sid) : null }.Label;
            var effect = Text(json, "Effect", findings, _label);
            return new PolicyStatement
            {
                Index = index,
                Json = json,
                Sid = Text(json, "Sid", findings, _label),
                EffectText = effect,
                Effect = effect?.Text switch { "Allow" => PolicyEffect.Allow, "Deny" => PolicyEffect.Deny, _ => null },
                Action = Words(json, "Action"),
                NotAction = Words(json, "NotAction"),
                Resource = Words(json, "Resource"),
                NotResource = Words(json, "NotResource"),
                Principal = Principal(json, "Principal"),
                NotPrincipal = Principal(json, "NotPrincipal"),
                Conditions = Member(json, "Condition") is { } condition ? Conditions(condition.Value) : [],
            };
        }

        private PolicyWords? Words(PolicyJson owner, string element) => Member(owner, element) is { } member ? Words(member) : null;

        private PolicyWords Words(PolicyJsonMember member) =>
            new(member.Name, member.Offset, Scalars(member.Value, PolicyJsonKind.String, $"{member.Name} is a text or a list of texts."));

        private PolicyPrincipal? Principal(PolicyJson owner, string element)
        {
            if (Member(owner, element) is not { } member) return null;
            if (member.Value.Kind == PolicyJsonKind.String) return new(element, member.Offset, Word(member.Value), []);
            if (member.Value.Kind == PolicyJsonKind.Object) return new(element, member.Offset, null, [.. member.Value.Members.Select(Words)]);
            findings.Add(ReadingRules.WrongKind, member.Value.Offset, $"{element} is \"*\" or an object.", _label);
            return new(element, member.Offset, null, []);
        }

        private List<PolicyCondition> Conditions(PolicyJson json)
        {
            var conditions = new List<PolicyCondition>();
            if (json.Kind != PolicyJsonKind.Object)
            {
                findings.Add(ReadingRules.WrongKind, json.Offset, "Condition is an object of operators.", _label);
                return conditions;
            }
            foreach (var (name, offset, keys) in json.Members)
            {
                if (keys.Kind != PolicyJsonKind.Object)
                {
                    findings.Add(ReadingRules.WrongKind, keys.Offset, $"The operator {Shorten(name)} holds an object of condition keys.", _label);
                    continue;
                }
                var parsed = PolicyConditionOperator.TryParse(name, out var one) ? one : (PolicyConditionOperator?)null;
                foreach (var key in keys.Members)
                    conditions.Add(new(name, offset, parsed, key.Name, key.Offset, Scalars(key.Value, null, "The value of a condition key is a text, or a list of texts.")));
            }
            return conditions;
        }

        /// <param name="kind">The kind that each must have; null for any that is neither object, array nor null.</param>
        private PolicyWord[] Scalars(PolicyJson json, PolicyJsonKind? kind, string message)
        {
            var words = new List<PolicyWord>();
            foreach (var one in json.Kind == PolicyJsonKind.Array ? json.Items : [json])
            {
                if (one.Kind == kind || (kind is null && one.IsScalar && one.Kind != PolicyJsonKind.Null)) words.Add(Word(one));
                else findings.Add(ReadingRules.WrongKind, one.Offset, message, _label);
            }
            return [.. words];
        }

        /// <summary>The last member of that name, as the value of a name that is written twice is the last one.</summary>
        private static PolicyJsonMember? Member(PolicyJson owner, string name)
        {
            for (var i = owner.Members.Count - 1; i >= 0; i--)
            {
                if (owner.Members[i].Name == name) return owner.Members[i];
            }
            return null;
        }

        private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";
    }
}
