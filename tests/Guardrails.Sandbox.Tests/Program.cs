using System.Diagnostics;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Guardrails.Sandbox.Tests;

/// <summary>
/// The test runner, as xunit would generate it, and two things that need a process of their own:
/// <c>hold FILE</c> opens a sandbox and says "open"; <c>serve FILE [PORT]</c> makes a sandbox, serves it and says where. Both end with their standard input.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["hold", var path]:
                using (Sandbox.Open(path))
                {
                    Console.WriteLine("open");
                    await Console.In.ReadToEndAsync();
                }
                return 0;
            case ["serve", var path, .. var port]:
                Sandbox.Create(path, new OrganizationState(1, TestSandbox.ManagementAccountId, "management@example.com", "management"));
                await using (var server = SandboxServer.Start(path, port is [var number] ? int.Parse(number, null) : 0))
                {
                    Console.WriteLine(server.Endpoint);
                    await Console.In.ReadToEndAsync();
                }
                return 0;
            default:
                return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
                    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
                    : await ConsoleRunner.Run(args);
        }
    }

    /// <summary>Another process that has the sandbox open.</summary>
    public static Process StartHolding(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add("hold");
        start.ArgumentList.Add(path);
        return Process.Start(start)!;
    }
}
