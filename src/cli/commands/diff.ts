import { type Command, InvalidArgumentError, Option } from "commander";
import { severities } from "../../finding/severity.ts";
import { diffFormatNames } from "../../report/diff/format-names.ts";
import { driftFormatNames } from "../../report/drift/format-names.ts";
import { diffFailures } from "../diff-failures.ts";
import { checkLive, checkVersions } from "../live-or-versions.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const diff: Register = (program, bind) => {
  const command = program
    .command("diff")
    .summary("say what a change to the matrix means")
    .description(
      "Says what the step from one version of a matrix to another means: what changes, who can reach whom, and who must approve. A version is a file (./FILE, or a name that ends in .yaml, .yml or .json), a git reference (REF or REF:PATH), or - for standard input. With --live, compares live access with the matrix, as matrix drift does.",
    )
    .argument("[base]", "the earlier version; default: the commit at which HEAD and the default branch parted")
    .argument("[head]", "the later version; default: the matrix in the working tree")
    .option("--merge-base", "compare with the commit at which BASE and HEAD parted")
    .addOption(
      new Option("--env <name>", "only this environment; may be given several times").argParser(options.collect),
    )
    .addOption(
      new Option("--format <name>", `how the result is written; ${liveFormats.join(" and ")} only with --live`)
        .choices([...new Set([...diffFormatNames, ...driftFormatNames])])
        .default(diffFormatNames[0]),
    )
    .addOption(
      new Option(
        "--fail-on <what>",
        `exit with 1 on this: ${diffFailures.join(", ")}; several with commas; with --live, from this on: ${severities.join(", ")}`,
      ).argParser(collectFailure),
    )
    .option("--detailed-exitcode", "exit with 1 where anything changed")
    .addOption(options.asOf());
  command.optionsGroup("Options with --live, as those of matrix drift:");
  command.option("--live", "compare the matrix BASE with what is live").addOption(options.snapshot());
  options.live(command).action(
    bind(async (session, base: string | undefined, head: string | undefined, given: object, self: Command) => {
      const isGiven = (name: string): boolean => self.getOptionValueSource(name) === "cli";
      if (!isGiven("live")) {
        const checked = checkVersions(given, isGiven);
        return (await import("../actions/diff-versions.ts")).diffVersions(session, { base, head }, checked);
      }
      const checked = checkLive(given, isGiven, head);
      return (await import("../actions/compare-drift.ts")).compareDrift(session, base, checked);
    }),
  );
};

const liveFormats = driftFormatNames.filter((name) => !diffFormatNames.some((each) => each === name));

const failures: readonly string[] = [...diffFailures, ...severities];

/** Several in one word, with commas, or the option several times. */
function collectFailure(value: string, before: readonly string[] = []): readonly string[] {
  const words = value.split(",").map((word) => word.trim());
  if (!words.every((word) => failures.includes(word)))
    throw new InvalidArgumentError(
      `Allowed choices are ${diffFailures.join(", ")}, several with commas, like broadens,reach; with --live ${severities.join(", ")}.`,
    );
  return [...new Set([...before, ...words])];
}
