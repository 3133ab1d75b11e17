import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const rules: Register = (program, bind) => {
  program
    .command("rules")
    .summary("list the rules of validate, drift, diff and guard")
    .description("Lists the rules of validate, drift, diff and guard, with severity and what each finds.")
    .addOption(options.format(["text", "json"]))
    .action(
      bind(async (session, given: { readonly format: string }) =>
        (await import("../actions/list-rules.ts")).listRules(session, given.format),
      ),
    );
};
