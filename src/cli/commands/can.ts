import { askFormatNames } from "../../report/ask/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const can: Register = (program, bind) => {
  const command = program
    .command("can")
    .summary("say whether one may call another")
    .description(
      "Says whether a caller may call a service: 0 is yes, 1 is no, 3 is unknown or only under a condition. With a snapshot or --live the world is asked, and what the matrix says stands beside it.",
    )
    .argument("<caller>", "a service or caller of the matrix, or a principal: user:EMAIL, group:EMAIL, allUsers")
    .argument("<callee>", "a service")
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("--transitive", "also through other services, with the way");
  options
    .asking(command, askFormatNames)
    .action(
      bind(async (session, caller: string, callee: string, file: string | undefined, given: object) =>
        (await import("../actions/ask-can.ts")).askCan(session, { caller, callee }, file, given),
      ),
    );
};
