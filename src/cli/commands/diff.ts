import { UsageError } from "../usage-error.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const diff: Register = (program, bind) => {
  const command = program
    .command("diff")
    .summary("with --live: the same as drift")
    .description(
      "With --live, compares live access with the matrix, as matrix drift does, with its options and exit codes.",
    )
    .option("--live", "compare with what is live");
  options.drift(command).action(
    bind(async (session, file: string | undefined, given: object) => {
      if (!Object.hasOwn(given, "live"))
        throw new UsageError("this version of matrix compares a matrix with live access only", "add --live");
      return (await import("../actions/compare-drift.ts")).compareDrift(session, file, given);
    }),
  );
};
