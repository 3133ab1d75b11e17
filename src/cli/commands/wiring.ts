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
    .addOption(
      new Option(
        "--credentials <file>",
        "write the credential configuration of a caller from outside instead, in which no secret is; - is standard output",
      ).conflicts(["format", "manifest"]),
    )
    .option("--token-file <path>", "where such a caller finds the token of its issuer; default: its kind says")
    .addOption(
      new Option(
        "--manifest <file>",
        "write the Kubernetes service account of a gke caller instead, with its annotation; - is standard output",
      ).conflicts("format"),
    )
    .action(
      bind(async (session, first: string | undefined, second: string | undefined, given: object) =>
        (await import("../actions/print-wiring.ts")).printWiring(session, { first, second }, given),
      ),
    );
};
