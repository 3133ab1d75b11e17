import { type Command, InvalidArgumentError, Option } from "commander";
import { reviewFormatNames, statusFormatNames } from "../../report/access-review/format-names.ts";
import { options } from "../options.ts";
import type { Bind, Register } from "./command.ts";

const FILE = "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input";

export const review: Register = (program, bind) => {
  const command = program
    .command("review")
    .summary("review who may call what, and sign it")
    .description(
      "The periodic access review: what each owner has to look at, who is late, and the dates of it in the matrix.",
    );
  addStart(command, bind);
  addSign(command, bind);
  addStatus(command, bind);
};

function addStart(command: Command, bind: Bind): void {
  const start = command
    .command("start")
    .summary("list what is to be reviewed")
    .description(
      "Lists every row of the matrix by its owner, with what changed since it was last reviewed. With a snapshot or --live, also what is so. In Markdown it is a worksheet to be ticked, which sign takes.",
    )
    .argument("[file]", FILE)
    .option("--owner <name>", "only what this owner answers for")
    .addOption(maxAge())
    .option("-o, --out <file>", "where to write; its ending .md, .csv or .json is its format");
  options.asking(start, reviewFormatNames).action(
    bind(async (session, file: string | undefined, given: { readonly maxAge: number }) =>
      (await import("../actions/start-review.ts")).startReview(session, file, {
        ...given,
        isFormatGiven: start.getOptionValueSource("format") === "cli",
      }),
    ),
  );
}

function addSign(command: Command, bind: Bind): void {
  command
    .command("sign")
    .summary("write the date of a review into the matrix")
    .description(
      "Writes reviewed: into the rows that were looked at, and leaves everything else in the files as it is. An edge is written 'CALLER -> CALLEE' in quotes, or as two words.",
    )
    .argument("[edges...]", "edges as the matrix writes them: either side may be a set")
    .option("--owner <name>", "sign every row of this owner")
    .option("--all", "sign every row")
    .option("--worksheet <file>", "sign the rows that are ticked in this worksheet; - is standard input")
    .option("--env <name>", "only rows in this environment", options.once)
    .option("--date <date>", "the day of the review; default: today, in UTC")
    .option("--file <file>", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml")
    .option("--dry-run", "write nothing; print the lines that would change")
    .addOption(options.format(["text", "json"]))
    .action(
      bind(async (session, edges: readonly string[], given: object) =>
        (await import("../actions/sign-review.ts")).signReview(session, edges, given),
      ),
    );
}

function addStatus(command: Command, bind: Bind): void {
  command
    .command("status")
    .summary("say how far each owner is")
    .description("Counts what each owner has reviewed, and names what waits. Ends with 1 where a row waits.")
    .argument("[file]", FILE)
    .option("--owner <name>", "only rows of this owner")
    .option("--env <name>", "only rows in this environment", options.once)
    .addOption(maxAge())
    .addOption(options.format(statusFormatNames))
    .addOption(options.asOf())
    .action(
      bind(async (session, file: string | undefined, given: { readonly maxAge: number }) =>
        (await import("../actions/show-review-status.ts")).showReviewStatus(session, file, given),
      ),
    );
}

function maxAge(): Option {
  return new Option("--max-age <days>", "how long a review is good, like 90d").argParser(parseDays).default(90, "90d");
}

function parseDays(text: string): number {
  const [, days] = /^(\d{1,5})d?$/.exec(text) ?? [];
  if (days === undefined) throw new InvalidArgumentError("Write a number of days, like 90d.");
  return Number(days);
}
