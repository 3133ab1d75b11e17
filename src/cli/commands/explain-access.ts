import { InvalidArgumentError, Option } from "commander";
import { explainFormatNames } from "../../report/explain/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const explainAccess: Register = (program, bind) => {
  const command = program
    .command("explain-access")
    .summary("say why one may call another, or why a call is refused")
    .description(
      "Says what lets a caller call a service: each edge with its reason, and each live grant. Where it may not, or a call is refused, it lists the causes, the likeliest first, with what shows each and what to do.",
    )
    .argument("<caller>", "a service or caller of the matrix; with a snapshot a principal as well")
    .argument("<callee>", "a service of the matrix; with a snapshot whatever runs, by its name or resource")
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .addOption(
      new Option("--status <code>", "what a call got: say what explains it").choices(["400", "401", "403", "404"]),
    )
    .option("--audience <url>", "the audience that the caller asks its tokens for", parseAudience)
    .option("--history", "say since when each edge is in the matrix, from git");
  options
    .asking(command, explainFormatNames)
    .action(
      bind(async (session, caller: string, callee: string, file: string | undefined, given: object) =>
        (await import("../actions/explain-access.ts")).explainAccess(session, { caller, callee, file }, given),
      ),
    );
};

function parseAudience(text: string): string {
  if (text === "") throw new InvalidArgumentError("Write the URL or custom audience as the caller has it.");
  return text;
}
