import { InvalidArgumentError, Option } from "commander";
import { verifyFormatNames } from "../../report/verify/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const verify: Register = (program, bind) => {
  program
    .command("verify")
    .summary("call what the matrix says, and see what comes of it")
    .description(
      "Calls each service of an environment without a token, and with --as as a caller: what is declared must get in, and a sample of what is not must be refused. Changes nothing that the services themselves do not change when they are called.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .addOption(options.oneEnv())
    .addOption(
      new Option(
        "--as <caller>",
        "show ID tokens of this service or caller, impersonated; may be given several times",
      ).argParser(options.collect),
    )
    .addOption(
      new Option(
        "--service <name>",
        "call only this service, or set of services; may be given several times",
      ).argParser(options.collect),
    )
    .option("--include-sensitive", "call services that the matrix calls sensitive, too")
    .addOption(
      new Option("--sample <number>", "undeclared pairs to try for each caller")
        .argParser(wholeNumber(0, 10_000))
        .default(5),
    )
    .addOption(new Option("--method <method>", "of each call").choices(["HEAD", "GET"]).default("HEAD"))
    .addOption(
      new Option(
        "--path <path>",
        "the path to call, as /PATH or SERVICE=/PATH; may be given several times; default: /",
      ).argParser(options.collect),
    )
    .addOption(new Option("--rate <number>", "calls a second, at most").argParser(wholeNumber(1, 100)).default(5))
    .addOption(
      new Option("--timeout <seconds>", "how long to wait for one answer").argParser(wholeNumber(1, 600)).default(10),
    )
    .addOption(
      new Option(
        "--settle <seconds>",
        "over how long to repeat calls that changes of IAM on their way may explain; 0: not at all",
      )
        .argParser(wholeNumber(0, 7200))
        .default(420),
    )
    .addOption(new Option("--snapshot <file>", "take URLs from this snapshot; - is standard input"))
    .option("--impersonate-service-account <email>", "make tokens as this account")
    .option("--dry-run", "print the calls, and send nothing")
    .addOption(options.format(verifyFormatNames))
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/verify-live.ts")).verifyLive(session, file, given),
      ),
    );
};

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    return number;
  };
}
