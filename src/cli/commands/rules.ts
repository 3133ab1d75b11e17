import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const rules: Register = (program, bind) => {
  program
    .command("rules")
    .summary("list the rules of validate and of drift")
    .description("Lists the rules that validate checks and those that drift checks, with severity and what each finds.")
    .addOption(options.format(["text", "json"]))
    .action(
      bind(async (session, given: { readonly format: string }) =>
        (await import("../actions/list-rules.ts")).listRules(session, given.format),
      ),
    );
};
