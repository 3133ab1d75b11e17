import { Option } from "commander";
import type { Register } from "./command.ts";

export const schema: Register = (program, bind) => {
  program
    .command("schema")
    .summary("print a JSON schema")
    .description("Prints the JSON schema of a matrix, for editors and other programs.")
    .addOption(
      new Option("--of <what>", "of which document")
        .choices([
          "matrix",
          "include",
          "findings",
          "snapshot",
          "drift",
          "adopt",
          "wiring",
          "verify",
          "explain-access",
          "modes",
          "sweep",
          "diff",
          "guard",
          "approvals",
          "who-can-call",
          "can",
          "blast-radius",
          "list",
          "changes",
          "evidence",
          "evidence-verify",
          "review",
          "review-sign",
        ])
        .default("matrix"),
    )
    .action(
      bind(async (session, given: { readonly of: string }) =>
        (await import("../actions/print-schema.ts")).printSchema(session, given.of),
      ),
    );
};
