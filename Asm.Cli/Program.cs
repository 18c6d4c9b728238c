using Asm.Cli.Verbs;
using Asm.Terminal;

return CommandLine.Invoke(AsmVerbs.Create(args.FirstOrDefault()), args);
