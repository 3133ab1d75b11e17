import { Option } from "commander";
import { wiringFormatNames } from "../../report/wiring/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const wiring: Register = (program, bind) => {
  program
    .command("wiring")
    .summary("say what a caller needs to call, and who has still to move")
    .description(
      "Says what a service or caller must be configured with to call: its identity, URLs, audiences, tokens. Without a caller it lists the services that are moving from one account to another. Sends nothing anywhere.",
    )
    .argument("[caller]", "a service or caller of the matrix")
    .argument(
      "[file]",
      "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input. It may stand alone where its name has a dot or a slash",
    )
    .addOption(options.oneEnv())
    .addOption(new Option("--snapshot <file>", "say what is live by this snapshot; - is standard input"))
    .addOption(options.format(wiringFormatNames))
    .addOption(options.asOf())
    .action(
      bind(async (session, first: string | undefined, second: string | undefined, given: object) =>
        (await import("../actions/print-wiring.ts")).printWiring(session, { first, second }, given),
      ),
    );
};
