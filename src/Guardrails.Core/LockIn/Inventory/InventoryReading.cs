namespace Guardrails;

/// <summary>What the readers of inventory files are given.</summary>
/// <param name="WorkloadTag">The key of the tag that names workloads; upper and lower case are the same.</param>
internal sealed record InventoryReading(ResourceTypeCatalog Types, string WorkloadTag);

/// <summary>A file to read.</summary>
/// <param name="FullPath">Where it is: account and Region come from the names of its folders.</param>
/// <param name="Name">As the user named it.</param>
internal readonly record struct InventoryPath(string FullPath, string Name);
