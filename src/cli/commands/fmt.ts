import type { Register } from "./command.ts";

export const fmt: Register = (program, bind) => {
  program
    .command("fmt")
    .summary("put trust into order: by callee, then caller")
    .description(
      "Puts trust into its canonical order, by callee and then caller, in the matrix and the files that it includes. Comments stay with their edges, everything else stays as it is.",
    )
    .argument(
      "[file]",
      "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input, written to standard output",
    )
    .option("--check", "write nothing; exit with 1 and name the files that are not in order")
    .option("--pin", "write out the Cloud Run name and account id of services that were renamed")
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/format-files.ts")).formatFiles(session, file, given),
      ),
    );
};
