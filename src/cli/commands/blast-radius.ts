import { Option } from "commander";
import { askFormatNames } from "../../report/ask/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const blastRadius: Register = (program, bind) => {
  const command = program
    .command("blast-radius")
    .summary("list what is reachable if an identity is taken")
    .description(
      "Lists every service that is reachable for whoever takes an identity: what it may call, what those may call, and so on; nearest first, sensitive first. With a snapshot or --live also by identities that it can become, by sets that it is in, and by the accounts that services really run as.",
    )
    .argument("<name>", "a service or caller of the matrix, or a principal: user:EMAIL, serviceAccount:EMAIL")
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    // Every question takes it; this one always does it.
    .addOption(new Option("--transitive", "as it is without it").hideHelp());
  options
    .asking(command, askFormatNames)
    .action(
      bind(async (session, name: string, file: string | undefined, given: object) =>
        (await import("../actions/ask-blast.ts")).askBlast(session, name, file, given),
      ),
    );
};
