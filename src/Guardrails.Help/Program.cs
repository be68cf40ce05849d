using Guardrails.Help;

// guardrails-help ASSEMBLY DOCUMENTATION OUTPUT: writes the help file of the cmdlets in ASSEMBLY.
if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: Guardrails.Help ASSEMBLY DOCUMENTATION.xml OUTPUT-Help.xml");
    return 2;
}
var (assembly, documentation, output) = (args[0], args[1], args[2]);
var cmdlets = CmdletReader.Read(assembly);
var names = cmdlets.ToDictionary(cmdlet => cmdlet.DocumentationId, cmdlet => cmdlet.Name);
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
HelpFile.Make(cmdlets, Documentation.Load(documentation, names)).Save(output);
return 0;
