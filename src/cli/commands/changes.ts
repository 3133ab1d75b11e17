import { Option } from "commander";
import { changesFormatNames } from "../../report/changes/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const changes: Register = (program, bind) => {
  const command = program
    .command("changes")
    .summary("say who changed which access in a period")
    .description(
      "Reads Admin Activity audit logs of Google Cloud, or files of them, and says who granted or took which access when, and whether the matrix in force at that moment declares it. What the logs leave open is named.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml")
    .addOption(options.day("--from <date>", "the first day or moment of the period").makeOptionMandatory())
    .addOption(options.lastDay("--to <date>", "its last day, or the moment after it; default: ten minutes ago"))
    .addOption(options.oneEnv())
    .addOption(
      new Option(
        "--log <file>",
        "a file of entries, as gcloud logging read --format=json prints them, instead of reading; - is standard input; may be given several times",
      )
        .argParser(options.collect)
        .conflicts(["impersonateServiceAccount", "timeout"]),
    )
    .addOption(
      new Option(
        "--covers <level>",
        "a project, folder or organization of which the files hold every entry, like projects/acme-prod; may be given several times",
      ).argParser(options.collect),
    )
    .option("--baseline <file>", "a snapshot that was read before the period: what was there at its start")
    .option("--snapshot <file>", "a snapshot of the end: what changed without an entry in the log is named")
    .addOption(
      new Option("--applier <email>", "an identity that applies the matrix; may be given several times").argParser(
        options.collect,
      ),
    )
    .addOption(options.format(changesFormatNames))
    .option("--impersonate-service-account <email>", "read as this account")
    .addOption(options.timeout());
  command.action(
    bind(async (session, file: string | undefined, given: object) =>
      (await import("../actions/list-changes.ts")).listChanges(session, file, given),
    ),
  );
};
