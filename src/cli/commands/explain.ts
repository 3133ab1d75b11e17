import type { Register } from "./command.ts";

export const explain: Register = (program, bind) => {
  program
    .command("explain")
    .summary("say what a rule finds, why, and what to do")
    .description("Shows the page about a rule: what it finds, why it matters, how to mend it, and examples.")
    .argument("<rule>", "the id of a rule, as findings name it")
    .action(
      bind(async (session, rule: string) => (await import("../actions/explain-rule.ts")).explainRule(session, rule)),
    );
};
