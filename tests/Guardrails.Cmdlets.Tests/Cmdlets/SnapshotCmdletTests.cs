namespace Guardrails.Cmdlets.Tests;

public sealed class SnapshotCmdletTests(SandboxedEngine sandboxed) : IClassFixture<SandboxedEngine>
{
    private string Path(string name) => sandboxed.Folder[name];

    [Fact]
    public void A_snapshot_is_written_and_the_same_organization_gives_no_difference()
    {
        var file = sandboxed.Run("Export-GuardrailSnapshot $args[0]", Path("a.json")).Single;
        Assert.Equal(Path("a.json"), Assert.IsType<FileInfo>(file.BaseObject).FullName);
        Assert.Empty(sandboxed.Run("Compare-GuardrailSnapshot $args[0]", Path("a.json")).ThrowOnError().Output);
        Assert.Empty(sandboxed.Run("Compare-GuardrailSnapshot $args[0] $args[0]", Path("a.json")).ThrowOnError().Output);
    }

    [Fact]
    public void A_file_that_is_there_is_overwritten_only_with_Force()
    {
        File.WriteAllText(Path("kept.json"), "mine");
        sandboxed.Run("Export-GuardrailSnapshot $args[0]", Path("kept.json")).Error("FileExists");
        Assert.Equal("mine", File.ReadAllText(Path("kept.json")));
        sandboxed.Run("$null = Export-GuardrailSnapshot $args[0] -Force", Path("kept.json")).ThrowOnError();
        Assert.Contains("guardrails-snapshot/1", File.ReadAllText(Path("kept.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing_even_with_Force()
    {
        File.WriteAllText(Path("kept2.json"), "mine");
        Assert.Empty(sandboxed.Run("Export-GuardrailSnapshot $args[0] -Force -WhatIf", Path("kept2.json")).ThrowOnError().Output);
        Assert.Equal("mine", File.ReadAllText(Path("kept2.json")));
        sandboxed.Run("Export-GuardrailSnapshot $args[0] -WhatIf", Path("never.json")).ThrowOnError();
        Assert.False(File.Exists(Path("never.json")));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var error = sandboxed.Run("Export-GuardrailSnapshot $args[0]", System.IO.Path.Combine(Path("no-such-folder"), "a.json")).Error("FolderNotFound");
        Assert.Contains("no-such-folder", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_on_disk_is_a_file_and_nothing_else() => sandboxed.Run("Export-GuardrailSnapshot Variable:x").Error("NotAFile");

    [Fact]
    public void Differences_are_objects_and_read_like_a_diff()
    {
        sandboxed.Run("$null = Export-GuardrailSnapshot $args[0]", Path("before.json")).ThrowOnError();
        var text = File.ReadAllText(Path("before.json"));
        var account = sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if (-not $one.IsManagementAccount) { $one; break } }").Single;
        var (id, name, email) = (account.Properties["Id"].Value, account.Properties["Name"].Value.ToString()!, account.Properties["Email"].Value.ToString()!);
        Assert.Contains($"\"{email}\"", text, StringComparison.Ordinal);
        File.WriteAllText(Path("after.json"), text.Replace($"\"{email}\"", "\"new@example.com\"", StringComparison.Ordinal));
        var difference = sandboxed.Run("Compare-GuardrailSnapshot -ReferencePath $args[0] -DifferencePath $args[1]", Path("before.json"), Path("after.json")).Single;
        Assert.Equal("Changed", difference.Properties["Change"].Value.ToString());
        Assert.Equal("Email", difference.Properties["Property"].Value);
        Assert.Equal(id, difference.Properties["Id"].Value);
        var shown = sandboxed.Engine.Show("Compare-GuardrailSnapshot $args[0] $args[1]", Path("before.json"), Path("after.json"));
        Assert.Matches($@"(?m)^~ account /.*{name}.*new@example\.com", shown);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "format": "guardrails-snapshot/99" }""")]
    public void A_file_that_is_no_snapshot_is_one_clear_error(string text)
    {
        var file = sandboxed.Folder.Write($"bad-{Guid.NewGuid():N}.json", text);
        var compared = sandboxed.Run("Compare-GuardrailSnapshot $args[0]", file).Error("SnapshotUnreadable");
        Assert.Contains(file, compared.ToString(), StringComparison.Ordinal);
        sandboxed.Run("New-GuardrailSandbox $args[1] -FromSnapshot $args[0]", file, Path("never.sandbox")).Error("SnapshotUnreadable");
        Assert.False(File.Exists(Path("never.sandbox")));
    }

    [Fact]
    public void Two_snapshots_need_no_connection()
    {
        sandboxed.Run("$null = Export-GuardrailSnapshot $args[0] -Detail None", Path("quick.json")).ThrowOnError();
        using var engine = new Engine();
        Assert.Empty(engine.Run("Compare-GuardrailSnapshot $args[0] $args[0]", Path("quick.json")).ThrowOnError().Output);
        engine.Run("Compare-GuardrailSnapshot $args[0]", Path("quick.json")).Error("NotConnected");
    }

    [Fact]
    public void A_sandbox_from_a_snapshot_is_the_same_organization()
    {
        sandboxed.Run("$null = Export-GuardrailSnapshot $args[0]", Path("copy.json")).ThrowOnError();
        using var engine = new Engine();
        var made = engine.Run("New-GuardrailSandbox $args[1] -FromSnapshot $args[0]; $null = Connect-Guardrail -Sandbox $args[1]", Path("copy.json"), Path("copy.sandbox")).Single;
        Assert.Equal(30, made.Properties["AccountCount"].Value);
        Assert.Empty(engine.Run("Compare-GuardrailSnapshot $args[0]", Path("copy.json")).ThrowOnError().Output);
    }
}
