namespace Guardrails;

/// <summary>What a group of resources has of everything that costs effort.</summary>
internal sealed class Tally
{
    private static readonly int Exports = Enum.GetValues<DataExport>().Length;

    private Tally()
    {
    }

    /// <summary>How many resources of each type, by the type's number.</summary>
    public SortedDictionary<int, int> Types { get; } = [];

    /// <summary>By class.</summary>
    public int[] Couplings { get; } = new int[MeasuredInventory.Classes];

    /// <summary>Couplings that lead out of the group.</summary>
    public int Outward { get; private set; }

    /// <summary>Stores by kind of export.</summary>
    public int[] Stores { get; } = new int[Exports];

    public int StoresWithVolume { get; private set; }

    public long Megabytes { get; private set; }

    /// <summary>The means of the volumes' effort, each rounded, so that inventories add up exactly.</summary>
    public long VolumeHundredths { get; private set; }

    /// <summary>Definitions, in the order of <see cref="ConstantNames.Definitions"/>.</summary>
    public int[] Definitions { get; } = new int[ConstantNames.Definitions.Count];

    /// <param name="isMember">Whether a resource is of the group: a coupling to another leads out of it.</param>
    public static Tally Of(MeasuredInventory inventory, IReadOnlyList<int> members, Func<int, bool> isMember, long perTerabyteHundredths)
    {
        var tally = new Tally();
        foreach (var resource in members) tally.Add(inventory, resource, isMember, perTerabyteHundredths);
        return tally;
    }

    public static long VolumeEffort(long megabytes, long perTerabyteHundredths) => (long)Math.Round(megabytes * (decimal)perTerabyteHundredths / 1_000_000m, MidpointRounding.ToEven);

    private void Add(MeasuredInventory inventory, int resource, Func<int, bool> isMember, long perTerabyteHundredths)
    {
        var type = inventory.Types[inventory.Type[resource]];
        Types[inventory.Type[resource]] = Types.GetValueOrDefault(inventory.Type[resource]) + 1;
        for (var edge = inventory.FirstEdge[resource]; edge < inventory.FirstEdge[resource + 1]; edge++)
        {
            Couplings[(int)inventory.EdgeClasses[edge]]++;
            if (inventory.EdgeTarget[edge] < 0 || !isMember(inventory.EdgeTarget[edge])) Outward++;
        }
        if (type.IsGlue) return;
        for (var i = 0; i < Definitions.Length; i++) Definitions[i] += (inventory.Resources[resource].Traits & ConstantNames.Definitions[i].Trait) != 0 ? 1 : 0;
        if (!type.IsStore) return;
        Stores[(int)type.Profile!.Export!.Value]++;
        if (inventory.Megabytes(resource) is not { } volume) return;
        StoresWithVolume++;
        Megabytes += volume;
        VolumeHundredths += VolumeEffort(volume, perTerabyteHundredths);
    }
}
