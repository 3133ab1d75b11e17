import { type Credential, isSweepFailure, type SweepReport } from "../../sweep/sweep-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { paint as painter, type Paint } from "../terminal/paint.ts";
import { conclusion, describeCredential, describePlace, headline, unreadLabel } from "./headline.ts";
import type { SweepFormatOptions, SweepFormatter } from "./sweep-format.ts";

type Look = SweepFormatOptions & { readonly paint: Paint };

/** Places and services that are shown of one credential where not all are. */
const SHOWN = 5;

/** For people: whether all was read, each credential with its places, and how many are left. */
export const text: SweepFormatter = (report, options) => {
  const look = { ...options, paint: painter(options.color) };
  const lines = options.quiet ? quietLines(report, look) : fullLines(report, look);
  return lines.map((line) => `${line}\n`).join("");
};

/** Only what makes the run fail, a line each. */
function quietLines(report: SweepReport, { paint, isKept }: Look): readonly string[] {
  return [
    ...report.unread.map((each) =>
      paint("error", escapeTerminal(`INCOMPLETE: ${unreadLabel(each)}: ${each.source}: ${each.reason}`)),
    ),
    ...report.credentials
      .filter((each) => !isKept && isSweepFailure(each))
      .map((each) => `${label(each, paint)}: ${escapeTerminal(describeCredential(each))}`),
  ];
}

function fullLines(report: SweepReport, look: Look): readonly string[] {
  const { paint, verbose } = look;
  const known = report.credentials.filter(({ state }) => state === "known");
  const isClean = report.complete && !report.credentials.some(isSweepFailure);
  return [
    paint(report.complete ? "strong" : "error", escapeTerminal(headline(report))),
    "",
    ...section(
      report.unread.map(
        (each) => `${paint("error", `${unreadLabel(each)}:`)} ${escapeTerminal(`${each.source}: ${each.reason}`)}`,
      ),
    ),
    ...report.credentials.filter(isSweepFailure).flatMap((each) => [...credentialLines(each, look), ""]),
    ...section(
      known.flatMap((each) =>
        verbose
          ? [...credentialLines(each, look), ""]
          : [`${paint("faint", `known[${each.rule}]`)}: ${escapeTerminal(describeCredential(each))}`],
      ),
    ),
    ...section(notes(report, look)),
    paint(isClean ? "good" : report.complete ? "strong" : "error", escapeTerminal(conclusion(report))),
  ];
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 || lines.at(-1) === "" ? lines : [...lines, ""];
}

function label({ severity, rule }: Credential, paint: Paint): string {
  return paint(severity, `${severity}[${rule}]`);
}

function credentialLines(credential: Credential, look: Look): readonly string[] {
  const { paint, verbose } = look;
  const { places, services, masked, edges, fix, id } = credential;
  const shown = verbose || places.length <= SHOWN + 1 ? places : places.slice(0, SHOWN);
  const [first, ...rest] = shown.map((place) => escapeTerminal(describePlace(place)));
  const line = (word: string, what: string): string => `  ${paint("faint", `= ${word}:`)} ${escapeTerminal(what)}`;
  return [
    `${label(credential, paint)}${paint("strong", `: ${escapeTerminal(describeCredential(credential))}`)}`,
    ` ${paint("faint", "-->")} ${first}`,
    ...rest.map((place) => `  ${paint("faint", "|")} ${place}`),
    ...(shown.length === places.length
      ? []
      : [`  ${paint("faint", "|")} and ${count(places.length - shown.length, "more place")}; -v lists all`]),
    line("value", masked),
    ...(id === null || !verbose ? [] : [line("id", id)]),
    ...(services.length < 2 ? [] : [line(count(services.length, "service"), fold(services, verbose))]),
    ...edges.map(({ caller, callee, declared, environments }) =>
      line(
        "edge",
        `${caller} -> ${callee}, ${declared ? `declared for ${enumerateWords(environments, "and")}` : "not declared"}`,
      ),
    ),
    line("fix", fix),
  ];
}

function fold(words: readonly string[], verbose: boolean): string {
  return verbose || words.length <= SHOWN + 1
    ? enumerateWords(words, "and")
    : `${words.slice(0, SHOWN).join(", ")} and ${words.length - SHOWN} more; -v lists all`;
}

function notes({ swept: { skipped }, baseline }: SweepReport, { paint, verbose }: Look): readonly string[] {
  const note = (about: string, what: string): string => `${paint("faint", `${about}:`)} ${escapeTerminal(what)}`;
  return [
    ...(baseline === null || baseline.gone.length === 0 ? [] : [note("gone", fold(baseline.gone, verbose))]),
    ...(skipped.huge.length === 0 ? [] : [note("skipped, too large", fold(skipped.huge, verbose))]),
    ...(skipped.binary === 0 || !verbose ? [] : [note("skipped, binary", count(skipped.binary, "file"))]),
  ];
}
