import { InvalidArgumentError, Option } from "commander";
import { sweepFormatNames } from "../../report/sweep/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const sweep: Register = (program, bind) => {
  program
    .command("sweep")
    .summary("find the credentials that edges replace")
    .description(
      "Finds secrets that services share: in configuration, in pipelines, in Terraform, in the environment of Cloud Run services. Shows where each is, who is given it, and which edge of the matrix could replace it; never the value.",
    )
    .argument(
      "[path...]",
      "files and folders, like the output of gcloud run services list --format=json; - is standard input; default: this folder",
    )
    .option(
      "--matrix <file>",
      "where edges come from; default: MATRIX_FILE, matrix.yaml or matrix.yml, where there is one",
    )
    .addOption(
      Object.assign(options.oneEnv(), {
        description: "only edges of this environment; with --live, its projects are read",
      }),
    )
    .option("--live", "read the environment of Cloud Run services and jobs now; nothing of it is kept")
    .addOption(
      new Option(
        "--project <id>",
        "with --live, read this project, not those of the matrix; may be given several times",
      ).argParser(options.collect),
    )
    .addOption(options.format(sweepFormatNames))
    .option("--baseline <file>", "count down from this: only what is new, or in new places, fails")
    .option("--write-baseline <file>", "write what is there for the next runs to count down from")
    .option("--key-file <file>", "hash with this key, of 16 bytes or more, instead of a salt in the baseline")
    .option("--impersonate-service-account <email>", "with --live, read as this account")
    .addOption(
      new Option("--timeout <seconds>", "with --live, give up after this long").argParser(parseSeconds).default(1800),
    )
    .action(
      bind(async (session, paths: readonly string[], given: object) =>
        (await import("../actions/sweep-credentials.ts")).sweepCredentials(session, paths, given),
      ),
    );
};

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1) throw new InvalidArgumentError("Write a whole number of seconds, like 600.");
  return seconds;
}
