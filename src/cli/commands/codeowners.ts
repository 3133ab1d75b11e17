import { Option } from "commander";
import type { Register } from "./command.ts";

export const codeowners: Register = (program, bind) => {
  program
    .command("codeowners")
    .summary("write the CODEOWNERS lines of a split matrix")
    .description(
      "Writes a section of CODEOWNERS: for each file of a matrix who owns the services in it, for the root file who approves exceptions from rules. Paths are those from the top of the git repository.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml")
    .addOption(
      new Option("--check <file>", "write nothing, and fail where this CODEOWNERS file does not hold the section"),
    )
    .action(
      bind(async (session, file: string | undefined, given: { readonly check?: string }) =>
        (await import("../actions/print-codeowners.ts")).printCodeowners(session, file, given),
      ),
    );
};
