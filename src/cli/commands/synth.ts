import { Option } from "commander";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const synth: Register = (program, bind) => {
  program
    .command("synth")
    .summary("turn a matrix into Terraform")
    .description(
      "Turns a matrix into Terraform, one stack per environment (or stack group) under OUT/stacks. Needs neither Terraform nor a network.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("--out <folder>", "where to write; default: CDKTF_OUTDIR, else cdktf.out")
    .option("--check", "write nothing; exit with 1 and say what differs from what is there")
    .option(
      "--base <ref|folder>",
      "refuse to destroy accounts and rows that this git reference, or this earlier output, has",
    )
    .addOption(
      new Option(
        "--allow-removal <name>",
        "let the accounts and rows of this service or caller go, or this pool or provider; may be given several times",
      ).argParser(options.collect),
    )
    .option(
      "--imports <which>",
      "what Terraform imports: always, never, or a snapshot of what is there; default: what the matrix says was there before",
    )
    .addOption(options.format(["text", "json"]))
    .addOption(options.asOf())
    .addOption(options.env())
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/synth-file.ts")).synthFile(session, file, given),
      ),
    );
};
