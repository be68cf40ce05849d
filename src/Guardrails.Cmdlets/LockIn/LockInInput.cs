using System.Collections;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>What came in to be measured, or was measured already.</summary>
internal sealed class LockInInput
{
    public List<InventoryResource> Resources { get; } = [];

    public List<InventoryGap> Gaps { get; } = [];

    public List<LockInAssessment> Assessments { get; } = [];

    /// <summary>Takes an object of the pipeline, or a list of them.</summary>
    /// <returns>The error where it is none of these; null where it was taken.</returns>
    public ErrorRecord? Add(object? given)
    {
        switch (given is PSObject wrapped ? wrapped.BaseObject : given)
        {
            case null:
                return null;
            case InventoryResource resource:
                Resources.Add(resource);
                return null;
            case InventoryGap gap:
                Gaps.Add(gap);
                return null;
            case LockInAssessment assessment:
                Assessments.Add(assessment);
                return null;
            case IEnumerable many and not string:
                return many.Cast<object?>().Select(Add).ToList().Find(error => error is not null);
            case var other:
                return Errors.NotAnInventoryResource.Record($"A {other.GetType().Name} is no resource of an inventory and no assessment.", other);
        }
    }
}
