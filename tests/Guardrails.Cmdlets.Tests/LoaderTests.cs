using System.Reflection;
using System.Runtime.Loader;

namespace Guardrails.Cmdlets.Tests;

public sealed class LoaderTests
{
    private const string Import = "Import-Module -Name $args[0] -ErrorAction Stop";
    private const string CmdletCount = "$count = 0; foreach ($command in Get-Command -Module Guardrails) { $count++ }; $count";

    private static AssemblyLoadContext Own =>
        AssemblyLoadContext.All.Single(context => context.Name == "Guardrails" && context.GetType().FullName == "Guardrails.LoadContext");

    [Fact]
    public void Every_exported_cmdlet_is_there_and_nothing_else()
    {
        using var engine = new Engine();
        var manifest = engine.Run("Import-Module -Name $args[0] -PassThru", Repository.Manifest).Single;
        var declared = engine.Run("$data = [scriptblock]::Create([IO.File]::ReadAllText($args[0])); (& $data).CmdletsToExport", Repository.Manifest).ThrowOnError().Output;
        var exported = engine.Run("(Get-Module Guardrails).ExportedCommands.Keys").ThrowOnError().Output;
        Assert.NotNull(manifest);
        Assert.Equal(declared.Select(name => name.ToString()).Order(StringComparer.Ordinal), exported.Select(name => name.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(declared.Count, engine.Run("(Get-Module Guardrails).ExportedCmdlets.Count").Single.BaseObject);
    }

    [Fact]
    public async Task Import_loads_no_AWS_assembly()
    {
        // A process of its own: in this one other tests connect.
        var run = await HostProcess.RunAsync("-Command", "[AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.GetName().Name })");
        Assert.Equal(0, run.ExitCode);
        var loaded = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Contains("Guardrails.Cmdlets", loaded);
        Assert.DoesNotContain(loaded, name => name.StartsWith("AWSSDK", StringComparison.Ordinal));
        Assert.DoesNotContain(loaded, name => name is "Guardrails.Aws" or "Guardrails.AwsClients" or "Guardrails.Sandbox" or "Guardrails.Formats" or "CsvHelper");
    }

    [Fact]
    public void Core_is_in_the_default_context_and_the_cmdlets_are_in_their_own()
    {
        using var engine = new Engine();
        var core = Assert.IsType<Assembly>(engine.Run("[Guardrails.Account].Assembly").Single.BaseObject, exactMatch: false);
        var cmdlets = Assert.IsType<Assembly>(engine.Run("(Get-Command Get-GuardrailConnection).ImplementingType.Assembly").Single.BaseObject, exactMatch: false);
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(core));
        Assert.Same(Own, AssemblyLoadContext.GetLoadContext(cmdlets));
    }

    [Fact]
    public void Decoys_of_every_package_stand_in_the_default_context()
    {
        Assert.Contains("AWSSDK.Core", Decoys.Names);
        foreach (var name in Decoys.Names)
        {
            var inDefault = AssemblyLoadContext.Default.Assemblies.Single(assembly => assembly.GetName().Name == name);
            Assert.NotNull(inDefault.GetType("Decoy"));
            var own = Own.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name);
            Assert.Null(own?.GetType("Decoy"));
        }
    }

    [Theory]
    [InlineData("Import-Module -Name $args[0] -ErrorAction Stop")]
    [InlineData("Import-Module -Name $args[0] -Force -ErrorAction Stop")]
    [InlineData("Remove-Module Guardrails; Import-Module -Name $args[0] -ErrorAction Stop")]
    [InlineData("Remove-Module Guardrails -Force; Import-Module -Name $args[0] -Force -ErrorAction Stop; Import-Module -Name $args[0] -Force -ErrorAction Stop")]
    public void Importing_again_leaves_every_cmdlet_in_place(string script)
    {
        using var engine = new Engine();
        var before = engine.Run(CmdletCount).Single.BaseObject;
        engine.Run(script, Repository.Manifest).ThrowOnError();
        Assert.Equal(before, engine.Run(CmdletCount).Single.BaseObject);
        engine.Run("Get-GuardrailConnection").ThrowOnError();
    }

    [Fact]
    public void Removing_the_module_removes_its_cmdlets()
    {
        using var engine = new Engine();
        engine.Run("Remove-Module Guardrails").ThrowOnError();
        Assert.Equal(0, engine.Run("(Get-Command -Name '*-Guardrail*').Count").Single.BaseObject);
        Assert.Equal(0, engine.Run("(Get-Module -All).Count").Single.BaseObject);
    }

    [Fact]
    public async Task Runspaces_import_in_parallel()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var engine = new Engine();
            return engine.Run(CmdletCount).Single.BaseObject;
        })));
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void A_module_that_was_not_built_says_so()
    {
        using var folder = new TemporaryFolder();
        CopyModule(folder, bin: false);
        using var engine = new Engine(import: false);
        var error = Assert.Single(engine.Run(Import, folder["Guardrails.psd1"]).Errors);
        Assert.Contains("dotnet build", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(folder.Path, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_build_in_another_place_is_taken()
    {
        using var folder = new TemporaryFolder();
        CopyModule(folder, bin: true);
        using var loaded = new Engine();
        using var engine = new Engine(import: false);
        engine.Run(Import, folder["Guardrails.psd1"]).ThrowOnError();
        engine.Run("Get-GuardrailConnection").ThrowOnError();
        // Also in a session that has it from the first place.
        var before = loaded.Run(CmdletCount).Single.BaseObject;
        loaded.Run(Import, folder["Guardrails.psd1"]).ThrowOnError();
        Assert.Equal(before, loaded.Run("(Get-Module Guardrails | ForEach-Object { $_ })[-1].ExportedCmdlets.Count").Single.BaseObject);
    }

    [Fact]
    public void Another_build_in_the_same_process_is_refused()
    {
        using var folder = new TemporaryFolder();
        CopyModule(folder, bin: true);
        using (var other = Decoys.Empty(new AssemblyName("Guardrails.Core") { Version = new Version(9, 9) }))
            File.WriteAllBytes(Path.Combine(folder.Path, "module", "bin", "Guardrails.Core.dll"), other.ToArray());
        using var loaded = new Engine();
        using var engine = new Engine(import: false);
        var error = Assert.Single(engine.Run(Import, folder["Guardrails.psd1"]).Errors);
        Assert.Contains("Restart PowerShell", error.ToString(), StringComparison.Ordinal);
    }

    private static void CopyModule(TemporaryFolder folder, bool bin)
    {
        File.Copy(Repository.Manifest, folder["Guardrails.psd1"]);
        var module = Path.Combine(Repository.Root, "module");
        foreach (var file in Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories))
        {
            if (!bin && file.StartsWith(Path.Combine(module, "bin") + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            var copy = Path.Combine(folder.Path, "module", Path.GetRelativePath(module, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
