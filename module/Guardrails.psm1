# Loads Guardrails.Core into the default load context and Guardrails.Cmdlets, with all packages, into one of its own.
# Only what the bare engine has is used here: no Add-Type, Join-Path, New-Object, Write-*, Select-Object, Update-TypeData.
Microsoft.PowerShell.Core\Set-StrictMode -Version 3.0
# Else a method call that fails ends only its own statement, and the import would succeed with nothing in it.
$ErrorActionPreference = 'Stop'

$bin = [System.IO.Path]::Combine($PSScriptRoot, 'bin')
$corePath = [System.IO.Path]::Combine($bin, 'Guardrails.Core.dll')
$cmdletsPath = [System.IO.Path]::Combine($bin, 'deps', 'Guardrails.Cmdlets.dll')
foreach ($file in $corePath, $cmdletsPath) {
    if (-not [System.IO.File]::Exists($file)) {
        throw "Guardrails is not built: '$file' is missing. Run 'dotnet build src/Guardrails.Cmdlets' in the repository, then import it again."
    }
}

# An assembly of the default context stays until the process ends. Two builds of it in one process would fail later and far away.
function AssertSameBuild($loaded, $path) {
    $stream = [System.IO.File]::OpenRead($path)
    try {
        $image = [System.Reflection.PortableExecutable.PEReader]::new($stream)
        $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
        $built = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid)
    }
    finally {
        $stream.Dispose()
    }
    if ($loaded.ManifestModule.ModuleVersionId -eq $built) { return }
    $name = $loaded.GetName()
    throw "Another build of $($name.Name) ($($name.Version), '$($loaded.Location)') is loaded in this process already. Restart PowerShell to use '$path'."
}

$core = $null
foreach ($loaded in [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies) {
    if ($loaded.GetName().Name -eq 'Guardrails.Core') { $core = $loaded; break }
}
$fresh = $null -eq $core
if ($fresh) { $core = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($corePath) }
# A process that lists Guardrails.Core among its own assemblies gets that one, whatever path was asked for.
if (-not $fresh -or $core.Location -ne $corePath) {
    AssertSameBuild $core $corePath
    $fresh = $false
}

$assembly = $core.GetType('Guardrails.LoadContext', $true).GetMethod('Load').Invoke($null, @($cmdletsPath))
if (-not $fresh) { AssertSameBuild $assembly $cmdletsPath }

# Import-Module -Assembly ignores -Force, and exports nothing while the module is still in the session's table (PowerShell issue 20710).
foreach ($stale in Microsoft.PowerShell.Core\Get-Module -All) {
    if ($stale.Path -eq $assembly.Location) { Microsoft.PowerShell.Core\Remove-Module -ModuleInfo $stale -Force }
}
$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $assembly -PassThru
$ExecutionContext.SessionState.Module.OnRemove = {
    Microsoft.PowerShell.Core\Remove-Module -ModuleInfo $inner -Force -ErrorAction Ignore
}
