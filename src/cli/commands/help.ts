import { nearestName } from "../../words/nearest-name.ts";
import { describeExitCodes, exitCodes } from "../exit-codes.ts";
import { UsageError } from "../usage-error.ts";
import type { Register } from "./command.ts";

export const help: Register = (program, bind) => {
  program
    .command("help")
    .summary("show help on a command, or on exit-codes")
    .argument("[topic]", "a command, or exit-codes")
    .action(
      bind((session, topic: string | undefined) => {
        session.io.stdout.write(helpOn(topic));
        return exitCodes.clean.code;
      }),
    );

  function helpOn(topic: string | undefined): string {
    if (topic === undefined) return program.helpInformation();
    if (topic === "exit-codes") return describeExitCodes();
    const commands = program.commands.filter((command) => !command.name().startsWith("_"));
    const command = commands.find((each) => each.name() === topic);
    if (command !== undefined) return command.helpInformation();
    const near = nearestName(topic, [...commands.map((each) => each.name()), "exit-codes"]);
    throw new UsageError(
      `there is no help on "${topic}"`,
      near === undefined ? "matrix --help lists the commands" : `did you mean "${near}"?`,
    );
  }
};
