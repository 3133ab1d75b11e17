import type { AccountStep, ServiceModes } from "../../modes/modes-report.ts";
import { compareText } from "../../words/compare-text.ts";
import { count } from "../../words/enumerate-words.ts";
import { foldWords } from "../../words/fold-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";
import type { ModesFormatOptions } from "./modes-format.ts";

/** So many shared accounts are shown with the services that run as them. */
const SHOWN = 20;

const rungs = ["create", "adopt", "reference", "email"] as const;

interface Moving {
  readonly service: string;
  readonly from: string;
  readonly step: AccountStep;
}

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
  const moving = services.flatMap(({ service, account }): readonly Moving[] =>
    account.step === undefined ? [] : [{ service, from: account.email, step: account.step }],
  );
  const title = `${paint("strong", "accounts")}: ${counts.join(", ")}`;
  const owned = ownedLines(services, paint, verbose);
  if (moving.length === 0) return ["", title, ...owned];
  const would = `; an account of its own would move ${count(moving.length, "service")}`;
  return verbose
    ? ["", title + would, ...stepLines(moving), ...owned]
    : [
        "",
        `${title}${would}; -v says what ${moving.length === 1 ? "it" : "each"} needs`,
        ...sharedLines(moving, paint),
        ...owned,
      ];
}

/** What each service would get, and needs for it. */
function stepLines(moving: readonly Moving[]): readonly string[] {
  const width = Math.max(...moving.map(({ service }) => service.length));
  return moving.flatMap(({ service, from, step }) => [
    `  ${escapeTerminal(service).padEnd(width)}  ${escapeTerminal(`${from} -> ${step.to}`)}`,
    ...notesOf(step).map((note) => `    ${escapeTerminal(note)}`),
  ]);
}

/** Whoever shares an account is let in wherever another of them is: these go first. */
function sharedLines(moving: readonly Moving[], paint: Paint): readonly string[] {
  const byAccount = new Map<string, string[]>();
  for (const { from, service, step } of moving) {
    if (step.sharedWith.length > 0) byAccount.set(from, [...(byAccount.get(from) ?? []), service]);
  }
  const shared = [...byAccount].sort(([a, x], [b, y]) => y.length - x.length || compareText(a, b));
  const options = { verbose: false };
  return [
    ...shared.slice(0, SHOWN).map(([from, names]) => escapeTerminal(`  ${from} runs ${foldWords(names, options)}`)),
    ...(shared.length > SHOWN
      ? [paint("faint", `  and ${count(shared.length - SHOWN, "shared account")} more; -v names all`)]
      : []),
  ];
}

/** Accounts that another Terraform state manages: that goes on, whatever becomes of the rows. */
function ownedLines(services: readonly ServiceModes[], paint: Paint, verbose: boolean): readonly string[] {
  const lines = services.flatMap(({ service, account }) =>
    account.elsewhere.map(
      (owner) =>
        `  ${paint("warning", "!")} ${escapeTerminal(`another state has the account of ${service}: ${owner}`)}`,
    ),
  );
  const shown = verbose ? lines : lines.slice(0, SHOWN);
  return shown.length === lines.length
    ? shown
    : [...shown, paint("faint", `  and ${count(lines.length - SHOWN, "more account")}; -v names all`)];
}

function notesOf({ callees, sharedWith, isPrevious, exists }: AccountStep): readonly string[] {
  const fold = (words: readonly string[]): string => foldWords(words, { verbose: true });
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
