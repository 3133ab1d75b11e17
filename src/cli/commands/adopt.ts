import { Option } from "commander";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const adopt: Register = (program, bind) => {
  program
    .command("adopt")
    .summary("write the matrix of a world that exists")
    .description(
      "Writes a matrix that says what a snapshot shows: every service, who calls it, and what stands beside the rows. What a person has written in it stays; changes nothing at Google.",
    )
    .option("--snapshot <file>", "the snapshot to adopt; - is standard input")
    .option("-o, --out <folder>", "the folder of the matrix: matrix.yaml in it is written, or added to")
    .option("--env <name>", "the environment that the snapshot is of; default: the one that it was read for")
    .option("--split-by <label>", "one file for each owner, whom this label of a service names; default: one file")
    .addOption(
      new Option(
        "--state <file>",
        "terraform show -json of another state: what it manages is only observed; may be given several times",
      ).argParser(options.collect),
    )
    .option("--check", "write nothing; exit with 1 where something would change")
    .addOption(options.format(["text", "json"]))
    .action(
      bind(async (session, given: object) => (await import("../actions/adopt-world.ts")).adoptWorld(session, given)),
    );
};
