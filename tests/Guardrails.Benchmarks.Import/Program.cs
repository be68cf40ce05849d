// Imports the module of the given manifest in a fresh engine and prints how many milliseconds that took.
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var shell = PowerShell.Create(runspace);
// The engine's own first command is not the module's.
shell.AddScript("Get-Module").Invoke();
shell.Commands.Clear();
var watch = Stopwatch.StartNew();
shell.AddCommand("Import-Module").AddParameter("Name", args[0]).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture));
