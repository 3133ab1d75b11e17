import type { AccessChange, ChangesReport, SettingChange } from "../../audit/changes-report.ts";
import { clipEncoded } from "../clip.ts";
import { fitBlocks } from "../markdown/fit-blocks.ts";
import { fixedBlock, hiddenBlock, type Rows, tableBlock } from "../markdown/markdown-blocks.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import type { ChangesFormatter } from "./changes-format.ts";
import {
  byWords,
  expirySentence,
  headline,
  notes,
  otherSentence,
  sentence,
  settingSentence,
  settingWords,
  standingWords,
  whoWords,
} from "./describe-change.ts";

/** GitHub takes 65,536 characters in a comment; what the caller puts around it fits too. */
const MAX_BYTES = 65_000;

const ALL = "matrix changes";
const header = ["When", "What", "The matrix in force", "Who"];

/** For an issue or a ticket: the verdict, gaps, what went against the matrix; the rest folded. */
export const markdown: ChangesFormatter = (report) => {
  const { gaps, others, expiries } = report;
  const against = rowsOf(report, true);
  const inLine = rowsOf(report, false);
  const blocks = [
    fixedBlock([`**${fit(headline(report))}**`, ""]),
    ...tableBlock("### Against the matrix", header, against, "change", ALL),
    ...tableBlock(
      "### Gaps",
      ["Gap", "Where", "What", "Help"],
      gaps.map(({ kind, resource, message, help }) => () => [
        markdownCode(kind),
        resource === null ? "" : code(resource),
        fit(message),
        fit(help ?? ""),
      ]),
      "gap",
      ALL,
    ),
    ...tableBlock(
      "### Edges that expired",
      ["Edge"],
      expiries.map((each) => () => [fit(expirySentence(each))]),
      "edge",
      ALL,
    ),
    ...hiddenBlock(`In line with the matrix: ${inLine.length}`, header, inLine, "change", ALL),
    ...hiddenBlock(
      `Changed, effect not worked out: ${others.length}`,
      ["When", "What", "Who"],
      others.map((each) => () => [each.at, fit(otherSentence(each)), fit(whoWords(each.who))]),
      "change",
      ALL,
    ),
    fixedBlock(["", ...notes(report).map((note) => `- ${fit(note)}`)]),
  ];
  return fitBlocks(blocks, MAX_BYTES)
    .map((line) => `${line}\n`)
    .join("");
};

function rowsOf({ changes, settings }: ChangesReport, isAgainst: boolean): Rows {
  const rows = [
    ...changes.map((each: AccessChange) => ({ each, what: () => sentence(each), words: () => standingWords(each) })),
    ...settings.map((each: SettingChange) => ({
      each,
      what: () => settingSentence(each),
      words: () => settingWords(each),
    })),
  ];
  return rows
    .filter(({ each }) => each.against === isAgainst)
    .sort((a, b) => (a.each.at < b.each.at ? -1 : a.each.at > b.each.at ? 1 : 0))
    .map(({ each, what, words }) => () => [each.at, fit(what()), fit(words()), fit(whoCell(each))]);
}

function whoCell(each: AccessChange | SettingChange): string {
  const words = byWords(each);
  return words.startsWith("by ") ? whoWords(each.who) : words;
}

function fit(text: string): string {
  return clipEncoded(text, markdownText, { length: 300, bytes: 1500 });
}

function code(text: string): string {
  return clipEncoded(text, markdownCode, { length: 300, bytes: 1500 });
}
