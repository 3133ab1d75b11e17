import type { AccessChange, ChangesReport, SettingChange } from "../../audit/changes-report.ts";
import type { Gap } from "../../audit/gap.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter, type Style } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import type { ChangesFormatter } from "./changes-format.ts";
import {
  byWords,
  expirySentence,
  headline,
  isLeft,
  notes,
  otherSentence,
  sentence,
  settingSentence,
  settingWords,
  standingWords,
  whoWords,
} from "./describe-change.ts";

interface Line {
  readonly at: string;
  readonly sentence: string;
  readonly words: string;
  readonly who: string;
  readonly against: boolean;
}

/** For people: the verdict, what went against the matrix, what did not, what expired, and what the record lacks. */
export const text: ChangesFormatter = (report, { color, width, quiet }) => {
  const paint = painter(color);
  const all = [...report.changes.map(changeLine), ...report.settings.map(settingLine)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  const worst: Style = report.summary.against > 0 ? "error" : report.complete ? "good" : "warning";
  const blocks: readonly (readonly string[])[] = [
    [paint(worst, escapeTerminal(headline(report)))],
    block(
      "against the matrix in force",
      all.filter(({ against }) => against),
      paint,
    ),
    ...(quiet
      ? []
      : [
          block(
            "in line with it",
            all.filter(({ against }) => !against),
            paint,
          ),
          ...asides(report, paint),
        ]),
    gapLines(report.gaps, paint),
    ...(quiet ? [] : [notes(report).map((note) => paint("faint", escapeTerminal(note)))]),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines
        .flatMap((line) => wrapLine(line, width, 6))
        .map((line) => `${line}\n`)
        .join(""),
    )
    .join("\n");
};

function changeLine(each: AccessChange): Line {
  return {
    at: each.at,
    sentence: sentence(each),
    words: standingWords(each),
    who: `${byWords(each)}; entry ${each.entry.insertId}`,
    against: each.against,
  };
}

function settingLine(each: SettingChange): Line {
  return {
    at: each.at,
    sentence: settingSentence(each),
    words: settingWords(each),
    who: `${byWords(each)}; entry ${each.entry.insertId}`,
    against: each.against,
  };
}

function block(title: string, lines: readonly Line[], paint: Paint): readonly string[] {
  if (lines.length === 0) return [];
  return [
    paint("strong", title),
    ...lines.flatMap(({ at, sentence: what, words, who, against }) => [
      `  ${at}  ${escapeTerminal(what)}`,
      `      ${paint(against ? "error" : "faint", escapeTerminal(words))}`,
      `      ${paint("faint", escapeTerminal(who))}`,
    ]),
  ];
}

function asides({ others, expiries }: ChangesReport, paint: Paint): readonly (readonly string[])[] {
  return [
    others.length === 0
      ? []
      : [
          paint("strong", "changed, effect not worked out"),
          ...others.flatMap((each) => [
            `  ${each.at}  ${escapeTerminal(otherSentence(each))}`,
            `      ${paint("faint", escapeTerminal(`by ${whoWords(each.who)}; ${each.method}; entry ${each.entry.insertId}`))}`,
          ]),
        ],
    expiries.length === 0
      ? []
      : [
          paint("strong", "edges that expired"),
          ...expiries.map((each) => {
            const line = `  ${escapeTerminal(expirySentence(each))}`;
            return isLeft(each.outcome) ? paint("error", line) : line;
          }),
        ],
  ];
}

function gapLines(gaps: readonly Gap[], paint: Paint): readonly string[] {
  if (gaps.length === 0) return [];
  return [
    paint("warning", "gaps: something may have changed that is not told"),
    ...gaps.flatMap(({ kind, resource, message, help }) => [
      `  ${paint("warning", kind)}: ${escapeTerminal(`${resource === null ? "" : `${resource}: `}${message}`)}`,
      ...(help === null ? [] : [`      ${paint("faint", `= help: ${escapeTerminal(help)}`)}`]),
    ]),
  ];
}
