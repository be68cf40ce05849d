using Guardrails.Host;

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 64;
}
using var stopping = new Stopping();
return new Runbook(arguments, stopping).Run();
