using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace Guardrails.Cmdlets;

/// <summary>What every cmdlet of the module has: files named by the user, and errors from the catalogue.</summary>
public abstract class GuardrailCmdlet : PSCmdlet
{
    private protected GuardrailCmdlet()
    {
    }

    /// <summary>The full path of a file that the user named; it need not exist. Wildcards stand for themselves.</summary>
    private protected string FilePath(string path)
    {
        try
        {
            var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.ImplementingType == typeof(FileSystemProvider)) return full;
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSNotSupportedException or NotSupportedException)
        {
            Fail(Errors.NotAFile.Record($"'{path}' does not name a file: {e.Message}", path, e));
        }
        Fail(Errors.NotAFile.Record($"'{path}' does not name a file.", path));
        return path;
    }

    /// <summary>The full path of a file to read, which must be there.</summary>
    private protected string ExistingFile(string path)
    {
        var full = FilePath(path);
        if (!File.Exists(full)) Fail(Errors.FileNotFound.Record($"There is no file '{full}'.", full));
        return full;
    }

    /// <summary>The full path of a file to write: its folder must be there, itself only with <paramref name="force"/>.</summary>
    private protected string NewFile(string path, bool force)
    {
        var full = FilePath(path);
        if (Directory.Exists(full)) Fail(Errors.NotAFile.Record($"'{full}' is a folder.", full));
        if (!Directory.Exists(Path.GetDirectoryName(full))) Fail(Errors.FolderNotFound.Record($"There is no folder '{Path.GetDirectoryName(full)}'.", full));
        if (!force && File.Exists(full)) Fail(Errors.FileExists.Record($"The file '{full}' is there already.", full));
        return full;
    }

    /// <summary>What a path with wildcards names, in the engine's order; nothing where a folder on the way is not there, or it has no wildcards.</summary>
    private protected IReadOnlyList<string> Matches(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path)) return [];
        try
        {
            return GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }

    /// <summary>A file that was written, as Get-Item gives it: a bare FileInfo is shown without owner and size. On the pipeline's thread.</summary>
    private protected PSObject WrittenFile(string fullPath) =>
        InvokeProvider.Item.Get([$"Microsoft.PowerShell.Core\\FileSystem::{fullPath}"], force: true, literalPath: true)[0];

    /// <summary>Ends the cmdlet with that error.</summary>
    private protected void Fail(ErrorRecord error) => ThrowTerminatingError(error);
}
