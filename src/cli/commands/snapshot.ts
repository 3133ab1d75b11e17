import { Option } from "commander";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const snapshot: Register = (program, bind) => {
  const command = program
    .command("snapshot")
    .summary("read live access into a file")
    .description(
      "Reads everything that decides who can invoke a service into one file, which matrix drift judges offline, any number of times. Changes nothing.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("-o, --out <file>", "where to write; default: standard output")
    .addOption(options.oneEnv())
    .addOption(
      new Option("--project <id>", "read this project, without a matrix; may be given several times").argParser(
        options.collect,
      ),
    )
    .addOption(
      new Option(
        "--scope <resource>",
        "read every project below folders/N or organizations/N, without a matrix; may be given several times",
      ).argParser(options.collect),
    )
    .option("--activity", "read when each service account last authenticated to a Google API")
    .option("--print-permissions", "say which permission each call needs, and read nothing");
  options
    .reading(command)
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/take-snapshot.ts")).takeSnapshot(session, file, given),
      ),
    );
};
