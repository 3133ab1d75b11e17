import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const report: Register = (program, bind) => {
  const command = program
    .command("report")
    .summary("write a page that shows who calls whom")
    .description(
      "Writes one page of HTML: the verdict, a grid of callers and services, every finding, and what each rests on. It needs no network, and holds everything in itself.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .requiredOption("-o, --out <file>", "where to write; - is standard output")
    .option("--history", "say since when each edge is in the matrix, and which commit this is");
  options
    .asking(command, [])
    .action(
      bind(async (session, file: string | undefined, given: { readonly out: string }) =>
        (await import("../actions/write-report.ts")).writeReport(session, file, given),
      ),
    );
};
