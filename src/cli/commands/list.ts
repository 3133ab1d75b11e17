import { askFormatNames } from "../../report/ask/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const list: Register = (program, bind) => {
  const command = program
    .command("list")
    .summary("list who may call what")
    .description(
      "Lists every service with its callers. With a snapshot or --live each is told as it is: as declared, undeclared, missing, perhaps, unknown.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("--transitive", "list pairs that are connected through others as well, with the way")
    .option("--all", "list the agents of Google as well");
  options
    .asking(command, askFormatNames, { env: options.anyEnv })
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/list-calls.ts")).listCalls(session, file, given),
      ),
    );
};
