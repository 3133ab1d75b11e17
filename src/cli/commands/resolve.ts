import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const resolve: Register = (program, bind) => {
  program
    .command("resolve")
    .summary("write the matrix as one file without includes, sets and defaults")
    .description(
      "Writes a matrix as one JSON file of the same meaning: includes, defaults, overrides and sets resolved. Every command takes it in place of the matrix.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("-o, --output <file>", "where to write it; default: standard output")
    .addOption(options.asOf())
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/resolve-file.ts")).resolveFile(session, file, given),
      ),
    );
};
