import { formatNames } from "../../report/findings/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const validate: Register = (program, bind) => {
  program
    .command("validate")
    .summary("check a matrix and report everything that is wrong")
    .description("Checks a matrix: its YAML, its schema, and what it means. Reports everything at once.")
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .addOption(options.format(formatNames))
    .addOption(options.failOn())
    .addOption(options.asOf())
    .addOption(options.env())
    .option(
      "--new-since <ref>",
      "report and fail on only what this earlier version does not have: REF, REF:PATH or a file",
    )
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/validate-file.ts")).validateFile(session, file, given),
      ),
    );
};
