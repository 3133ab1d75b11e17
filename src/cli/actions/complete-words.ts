import type { Command, Option } from "commander";
import { compareText } from "../../words/compare-text.ts";
import { type MatrixNames, matrixNames } from "../completion-names.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { knownRuleIds } from "../known-rules.ts";
import type { Session } from "../session.ts";

/**
 * What can stand in place of the last word of a command line, a line each; nothing where files can.
 * @param words the words after the program, the last one unfinished or empty
 */
export function completeWords({ io }: Session, program: Command, words: readonly string[]): ExitCode {
  const start = words.at(-1) ?? "";
  const candidates = candidatesFor(io, program, words.slice(0, -1), start);
  for (const candidate of [...new Set(candidates)].sort(compareText))
    if (candidate.startsWith(start)) io.stdout.write(`${candidate}\n`);
  return exitCodes.clean.code;
}

function candidatesFor(io: Io, program: Command, before: readonly string[], start: string): readonly string[] {
  const commands = program.commands.filter((each) => !each.name().startsWith("_"));
  // A service may be called as a command is: the first word that is one is it.
  const word = before.find((each) => commands.some((one) => one.name() === each));
  const command = commands.find((each) => each.name() === word);
  const below = command?.commands.find((each) => before.includes(each.name()));
  const options = [...program.options, ...(command?.options ?? []), ...(below?.options ?? [])];
  const open = options.find((option) => option.required && spellings(option).includes(before.at(-1) ?? ""));
  if (open !== undefined) return open.argChoices ?? valuesOf(open, () => matrixNames(io, before));
  if (start.startsWith("-")) return [...options.flatMap(spellings), "--help"];
  if (command === undefined) return commands.map((each) => each.name());
  if (command.name() === "explain") return [...knownRuleIds];
  if (command.name() === "help") return [...commands.map((each) => each.name()), "exit-codes"];
  const last = below ?? command;
  const path = below === undefined ? command.name() : `${command.name()} ${below.name()}`;
  const wanted = wantedAt(path, wordsOf(before, last, options).length);
  if (wanted !== undefined) return wanted(matrixNames(io, before));
  if (below === undefined && command.commands.length > 0) return command.commands.map((each) => each.name());
  return last.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
}

type Wanted = (names: MatrixNames) => readonly string[];

const callees: Wanted = ({ services }) => services;
const everyName: Wanted = ({ services, callers }) => [...services, ...callers];

const callerSide: Wanted = ({ services, callers, sets }) => [...services, ...callers, ...sets];
const calleeSide: Wanted = ({ services, sets }) => [...services, ...sets];

/** What the words of a command name, in order. More can follow: like the last one, or from the first one again. */
const namedWords: Readonly<Record<string, { readonly words: readonly Wanted[]; readonly more?: "last" | "again" }>> = {
  "who-can-call": { words: [callees] },
  can: { words: [everyName, callees] },
  "explain-access": { words: [everyName, callees] },
  "blast-radius": { words: [everyName] },
  wiring: { words: [everyName] },
  "modes set": { words: [({ services, sets }) => [...services, ...sets, "observe", "add", "enforce"]], more: "last" },
  "review sign": { words: [callerSide, calleeSide], more: "again" },
};

function wantedAt(path: string, index: number): Wanted | undefined {
  const { words = [], more } = namedWords[path] ?? {};
  if (more === "again") return words[index % words.length];
  return words[index] ?? (more === "last" ? words.at(-1) : undefined);
}

/** The words behind the name of a command that are neither options nor what belongs to one. */
function wordsOf(before: readonly string[], command: Command, options: readonly Option[]): readonly string[] {
  const behind = before.slice(before.indexOf(command.name()) + 1);
  return behind.filter((word, index) => {
    const previous = behind[index - 1] ?? "";
    const isValue = options.some((option) => option.required && spellings(option).includes(previous));
    return !word.startsWith("-") && !isValue;
  });
}

/** What an option of a matrix's own names takes. */
function valuesOf({ long }: Option, names: () => MatrixNames): readonly string[] {
  if (long === "--env") return names().environments;
  if (long === "--owner") return names().owners;
  if (long === "--service") return calleeSide(names());
  return long === "--focus" || long === "--as" ? everyName(names()) : [];
}

function spellings({ long, short }: Option): readonly string[] {
  return [long, short].filter((spelling) => spelling !== undefined);
}
