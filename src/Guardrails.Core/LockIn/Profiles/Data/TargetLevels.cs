namespace Guardrails;

/// <summary>
/// The levels that an entry gives for the four targets. Export and artefact are mostly the same for all of them, so they stand at the entry;
/// what stands at a target goes before.
/// </summary>
internal sealed class TargetLevels
{
    private readonly Dictionary<LockInTarget, OneTarget> _targets = [];

    public OneTarget this[LockInTarget target] => _targets[target];

    /// <summary>Reads the levels of an entry over those that are there.</summary>
    public void Read(LockInDataFile file, DocumentFields fields, bool hasAlternatives, bool hasLearning)
    {
        var export = file.Level<DataExport>(fields, "export");
        var artefact = file.Level<RuntimeArtefact>(fields, "artefact");
        foreach (var target in Enum.GetValues<LockInTarget>())
        {
            if (!_targets.TryGetValue(target, out var one)) _targets[target] = one = new OneTarget();
            one.Export = export ?? one.Export;
            one.Artefact = artefact ?? one.Artefact;
            if (fields.Fields(LockInNames.Of(target), "a target") is not { } own) continue;
            one.Api = file.Level<ApiLevel>(own, "api") ?? one.Api;
            one.Export = file.Level<DataExport>(own, "export") ?? one.Export;
            one.Artefact = file.Level<RuntimeArtefact>(own, "artefact") ?? one.Artefact;
            if (hasLearning) one.LearningDays = file.Number(own, "learning", 0, 1000) ?? one.LearningDays;
            if (hasAlternatives && own.Texts("alternatives") is { } alternatives) (one.Alternatives, one.At) = (alternatives, own);
            one.IsGiven = true;
            own.End();
        }
    }

    internal sealed class OneTarget
    {
        public Graded<ApiLevel>? Api { get; set; }
        public Graded<DataExport>? Export { get; set; }
        public Graded<RuntimeArtefact>? Artefact { get; set; }
        public Graded<decimal>? LearningDays { get; set; }
        public IReadOnlyList<string>? Alternatives { get; set; }

        /// <summary>Where the alternatives are named.</summary>
        public DocumentFields? At { get; set; }

        /// <summary>True where a file has this target; an export or artefact for all targets alone makes no profile.</summary>
        public bool IsGiven { get; set; }
    }
}
