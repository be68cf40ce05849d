using System.Diagnostics;
using System.Globalization;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Guardrails.Aws.Tests;

/// <summary>
/// The test runner, as xunit would generate it, and a process that is to be killed: <c>vend ENDPOINT JOURNAL NAME MOMENT NTH</c> runs a rollout on
/// an organization that another process serves, and ends with 0 only where it was not killed.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["vend", var endpoint, var journal, var name, var moment, var nth])
        {
            await KilledRollout.RunAsync(new Uri(endpoint), journal, name, moment, int.Parse(nth, CultureInfo.InvariantCulture));
            return 0;
        }
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }

    public static Process StartVending(Uri endpoint, string journal, string name, string moment, int nth)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in new[] { "vend", endpoint.ToString(), journal, name, moment, nth.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
