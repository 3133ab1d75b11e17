import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const drift: Register = (program, bind) => {
  const command = program
    .command("drift")
    .summary("compare live access with the matrix")
    .description(
      "Says who can really invoke each service, by which path, and what of it the matrix does not declare. Reads Google Cloud, or a snapshot of it; changes nothing.",
    );
  options
    .drift(command)
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/compare-drift.ts")).compareDrift(session, file, given),
      ),
    );
};
