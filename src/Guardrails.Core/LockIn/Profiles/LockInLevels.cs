namespace Guardrails;

/// <summary>Where a workload could go.</summary>
public enum LockInTarget
{
    /// <summary>Open source, self-run: in another cloud's machines or on premises.</summary>
    OpenSource,

    /// <summary>Microsoft Azure.</summary>
    Azure,

    /// <summary>Google Cloud.</summary>
    GoogleCloud,

    /// <summary>Another service of AWS.</summary>
    OtherAwsService,
}

/// <summary>How far another product takes the same calls.</summary>
public enum ApiLevel
{
    /// <summary>The same open-source engine.</summary>
    SameEngine,

    /// <summary>A maintained compatible implementation.</summary>
    CompatibleImplementation,

    /// <summary>An equivalent with another API.</summary>
    EquivalentOtherApi,

    /// <summary>Only with another design.</summary>
    Redesign,

    /// <summary>Nothing does the same.</summary>
    None,
}

/// <summary>How its data gets out.</summary>
public enum DataExport
{
    /// <summary>A native bulk export in a common format.</summary>
    NativeBulk,

    /// <summary>An export whose format must be transformed.</summary>
    Transform,

    /// <summary>Only by reading it through the API, item by item.</summary>
    ApiScrape,

    /// <summary>Not at all: key material, for example.</summary>
    NotExportable,
}

/// <summary>What runs in it.</summary>
public enum RuntimeArtefact
{
    /// <summary>An OCI image.</summary>
    OciImage,

    /// <summary>A virtual machine.</summary>
    VirtualMachine,

    /// <summary>A package of functions.</summary>
    FunctionPackage,

    /// <summary>Something in a proprietary language: a state machine, a mapping template.</summary>
    ProprietaryLanguage,
}

/// <summary>How well a value is known.</summary>
public enum EvidenceGrade
{
    /// <summary>Measured.</summary>
    A,

    /// <summary>Documented.</summary>
    B,

    /// <summary>Judgement.</summary>
    C,
}
