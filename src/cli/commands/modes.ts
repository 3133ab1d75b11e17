import { Option } from "commander";
import { modesFormatNames } from "../../report/modes/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const modes: Register = (program, bind) => {
  const command = program
    .command("modes")
    .summary("show how far each service is enforced, and move services on")
    .description(
      "Shows the mode of each service: observe, add or enforce. With a snapshot it says what one step up would do: whom enforce removes, whom add adds, and which services an account of their own would move. Changes nothing.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .addOption(options.env())
    .addOption(new Option("--snapshot <file>", "say what the next step does by this snapshot; - is standard input"))
    .addOption(options.format(modesFormatNames))
    .addOption(options.asOf())
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/list-modes.ts")).listModesOf(session, file, given),
      ),
    );
  command
    .command("set")
    .summary("write another mode into the matrix")
    .description(
      "Writes the mode of services into the files of the matrix that define them, and leaves everything else in them as it is. A change that the matrix would not survive is refused.",
    )
    .argument("<words...>", "services or sets, and then the mode: observe, add or enforce")
    .option("--file <file>", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml")
    .option("--dry-run", "write nothing; print the lines that would change")
    .option("--take-over", "go on although another Terraform state manages the row, and delete the mark")
    .action(
      bind(async (session, words: readonly string[], given: object) =>
        // Options that both have, modes takes wherever they stand.
        (await import("../actions/set-modes.ts")).setModes(session, words, { ...command.opts(), ...given }),
      ),
    );
};
