namespace Guardrails;

/// <summary>Whether a statement allows or denies.</summary>
internal enum PolicyEffect { Allow, Deny }

/// <summary>A scalar of a document: its text, its JSON kind and where it stands. Numbers and booleans have the text as written.</summary>
internal readonly record struct PolicyWord(string Text, PolicyJsonKind Kind, int Offset)
{
    /// <summary>The text.</summary>
    public override string ToString() => Text;
}

/// <summary>An element that holds one or more words: Action, NotAction, Resource, NotResource. One word and a list of one are the same.</summary>
/// <param name="Offset">Where the element's name stands.</param>
internal sealed record PolicyWords(string Element, int Offset, IReadOnlyList<PolicyWord> Values);

/// <summary>Principal or NotPrincipal. <paramref name="Groups"/> is empty where the element is the text <c>"*"</c>.</summary>
/// <param name="Offset">Where the element's name stands.</param>
/// <param name="Word">The element's text where it is a text: <c>"*"</c>, or something that AWS refuses; null where it is an object.</param>
/// <param name="Groups">The object's members: <c>AWS</c>, <c>Service</c>, <c>Federated</c> and <c>CanonicalUser</c>, as written.</param>
internal sealed record PolicyPrincipal(string Element, int Offset, PolicyWord? Word, IReadOnlyList<PolicyWords> Groups)
{
    /// <summary>True for <c>"*"</c>, the only principal that an RCP may name.</summary>
    public bool IsEverybody => Word is { Text: "*" };
}

/// <summary>One condition: an operator, a key and the values, of which one must match (of a negated operator none may).</summary>
/// <param name="OperatorText">The operator as written.</param>
/// <param name="OperatorOffset">Where the operator stands.</param>
/// <param name="Operator">The operator taken apart; null where it is not one.</param>
/// <param name="Key">The key as written; its case of letters does not matter, but that of a tag's key after the slash may.</param>
/// <param name="KeyOffset">Where the key stands.</param>
internal sealed record PolicyCondition(
    string OperatorText, int OperatorOffset, PolicyConditionOperator? Operator, string Key, int KeyOffset, IReadOnlyList<PolicyWord> Values);

/// <summary>A statement of an SCP or RCP, as written: nothing is defaulted, and what is missing or has the wrong JSON type is null.</summary>
internal sealed class PolicyStatement
{
    /// <summary>Its place among the statements, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The statement's JSON, with elements that are not known as well.</summary>
    public required PolicyJson Json { get; init; }

    public PolicyWord? Sid { get; init; }

    /// <summary>The effect as written, whatever it says.</summary>
    public PolicyWord? EffectText { get; init; }

    /// <summary>The effect; null where it is missing or neither Allow nor Deny, in exactly this case of letters.</summary>
    public PolicyEffect? Effect { get; init; }

    public PolicyWords? Action { get; init; }
    public PolicyWords? NotAction { get; init; }
    public PolicyWords? Resource { get; init; }
    public PolicyWords? NotResource { get; init; }
    public PolicyPrincipal? Principal { get; init; }
    public PolicyPrincipal? NotPrincipal { get; init; }

    /// <summary>The conditions in the order they are written; all must hold.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>Where the statement begins.</summary>
    public int Offset => Json.Offset;

    /// <summary>The Sid, or <c>Statement 2</c> for the second where it has none.</summary>
    public string Label => Sid is { Text.Length: > 0 } sid ? sid.Text : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Statement {Index + 1}");

    /// <summary>
    /// True when it says enough to be evaluated: an effect, either Action or NotAction, either Resource or NotResource, values in each, and
    /// known operators only. Whether AWS would take it for the policy's type is for the lint to say.
    /// </summary>
    public bool IsEvaluable =>
        Effect is not null
        && Action is null != NotAction is null && (Action ?? NotAction)!.Values.Count > 0
        && Resource is null != NotResource is null && (Resource ?? NotResource)!.Values.Count > 0
        && Conditions.All(condition => condition.Operator is not null && condition.Values.Count > 0);
}
