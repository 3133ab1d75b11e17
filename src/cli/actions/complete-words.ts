import type { Command, Option } from "commander";
import { compareText } from "../../words/compare-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { knownRuleIds } from "../known-rules.ts";
import type { Session } from "../session.ts";

/**
 * What can stand in place of the last word of a command line, a line each; nothing where files can.
 * @param words the words after the program, the last one unfinished or empty
 */
export function completeWords({ io }: Session, program: Command, words: readonly string[]): ExitCode {
  const start = words.at(-1) ?? "";
  const candidates = candidatesFor(program, words.slice(0, -1), start);
  for (const candidate of [...new Set(candidates)].sort(compareText))
    if (candidate.startsWith(start)) io.stdout.write(`${candidate}\n`);
  return exitCodes.clean.code;
}

function candidatesFor(program: Command, before: readonly string[], start: string): readonly string[] {
  const commands = program.commands.filter((each) => !each.name().startsWith("_"));
  const command = commands.find((each) => before.includes(each.name()));
  const below = command?.commands.find((each) => before.includes(each.name()));
  const options = [...program.options, ...(command?.options ?? []), ...(below?.options ?? [])];
  const open = options.find((option) => option.required && spellings(option).includes(before.at(-1) ?? ""));
  if (open !== undefined) return open.argChoices ?? [];
  if (start.startsWith("-")) return [...options.flatMap(spellings), "--help"];
  if (command === undefined) return commands.map((each) => each.name());
  if (command.name() === "explain") return [...knownRuleIds];
  if (command.name() === "help") return [...commands.map((each) => each.name()), "exit-codes"];
  if (below === undefined && command.commands.length > 0) return command.commands.map((each) => each.name());
  return (below ?? command).registeredArguments.flatMap((argument) => argument.argChoices ?? []);
}

function spellings({ long, short }: Option): readonly string[] {
  return [long, short].filter((spelling) => spelling !== undefined);
}
