import { Argument } from "commander";
import type { Register } from "./command.ts";

export const completion: Register = (program, bind) => {
  program
    .command("completion")
    .summary("print a script that completes commands in the shell")
    .description(
      "Prints a script that completes commands, options and rule ids. For bash: source <(matrix completion bash)",
    )
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .action(
      bind(async (session, shell: string) =>
        (await import("../actions/print-completion.ts")).printCompletion(session, shell),
      ),
    );
  program
    .command("__complete", { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .helpOption(false)
    .action(
      bind(async (session, words: readonly string[]) =>
        (await import("../actions/complete-words.ts")).completeWords(session, program, words),
      ),
    );
};
