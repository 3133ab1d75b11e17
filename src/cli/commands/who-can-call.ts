import { askFormatNames } from "../../report/ask/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const whoCanCall: Register = (program, bind) => {
  const command = program
    .command("who-can-call")
    .summary("list who may call a service")
    .description(
      "Lists who may call a service, with the reason, ticket and dates of each edge. With a snapshot or --live also who really may: as declared, undeclared and by which path, missing, perhaps. Ends with 3 where something was not read that could change the answer.",
    )
    .argument("<service>", "a service of the matrix; with a snapshot also one that only runs, by name or resource")
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("--transitive", "list callers of callers as well, with the way")
    .option("--history", "say since when each caller is in the matrix, by the commits of its files");
  options
    .asking(command, askFormatNames, { env: options.anyEnv })
    .action(
      bind(async (session, service: string, file: string | undefined, given: object) =>
        (await import("../actions/ask-callers.ts")).askCallers(session, service, file, given),
      ),
    );
};
