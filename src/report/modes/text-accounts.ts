import type { AccountStep, ServiceModes } from "../../modes/modes-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { foldWords, VERBOSE_HINT } from "../drift/fold-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";
import type { ModesFormatOptions } from "./modes-format.ts";

/** So many services that share an account are shown with the one that they would get. */
const SHOWN = 20;

const rungs = ["create", "adopt", "reference", "email"] as const;

/** Whose accounts there are, and which services an account of their own would move. */
export function textAccounts(
  services: readonly ServiceModes[],
  paint: Paint,
  { verbose }: Pick<ModesFormatOptions, "verbose">,
): readonly string[] {
  const counts = rungs.flatMap((rung) => {
    const number = services.filter(({ account }) => account.manage === rung).length;
    return number === 0 ? [] : [`${number} ${rung}`];
  });
  const moving = services.flatMap(({ service, account }) =>
    account.step === undefined ? [] : [{ service, from: account.email, step: account.step }],
  );
  if (moving.length === 0) return ["", `${paint("strong", "accounts")}: ${counts.join(", ")}`];
  // Whoever shares an account is let in wherever another of them is: those come first.
  const urgent = moving.filter(({ step }) => step.sharedWith.length > 0);
  const shown = verbose ? moving : urgent.slice(0, SHOWN);
  const title = `${paint("strong", "accounts")}: ${counts.join(", ")}; an account of its own would move ${count(moving.length, "service")}`;
  if (shown.length === 0) return ["", `${title}; -v names ${moving.length === 1 ? "it" : "them"}`];
  const width = Math.max(...shown.map(({ service }) => service.length));
  return [
    "",
    title,
    ...shown.flatMap(({ service, from, step }) => [
      `  ${escapeTerminal(service).padEnd(width)}  ${escapeTerminal(`${from} -> ${step.to}`)}`,
      ...notesOf(step, verbose).map((note) => `    ${escapeTerminal(note)}`),
    ]),
    ...(shown.length < moving.length
      ? [paint("faint", `  and ${moving.length - shown.length} more; -v names all`)]
      : []),
  ];
}

function notesOf({ callees, sharedWith, isPrevious, exists }: AccountStep, verbose: boolean): readonly string[] {
  const fold = (words: readonly string[]): string => foldWords(words, { verbose, hint: VERBOSE_HINT });
  return [
    ...(exists === true ? ["the new account is there already: write manage: adopt"] : []),
    ...(sharedWith.length === 0
      ? []
      : [`${fold(sharedWith)} ${sharedWith.length === 1 ? "runs" : "run"} as the old one too`]),
    ...(callees.length === 0 || isPrevious
      ? []
      : [`needs previousAccounts until it is deployed with the new one: it calls ${fold(callees)}`]),
    ...(isPrevious ? ["previousAccounts has the old one already"] : []),
  ];
}
