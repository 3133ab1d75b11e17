import { count } from "../../words/enumerate-words.ts";
import { toldDetails } from "./change-details.ts";
import { describeWhere } from "./describe-change.ts";
import type { Block } from "../markdown/fit-blocks.ts";
import { hiddenBlock, type Rows, tableBlock } from "../markdown/markdown-blocks.ts";
import { broadeningFirst, groupChanges } from "./order-changes.ts";
import { markdownYaml, sayMarkdown as say } from "./say.ts";
import { tallyOf } from "./tally.ts";
import type { ToldChange, ToldReport } from "./tell-together.ts";

/** Changes that stand open where they broaden or narrow; the others can be unfolded. */
const SHOWN = 30;

/** What stands open where nothing broadens or narrows. */
const SHOWN_NEUTRAL = 5;

/** Details that a row has room for. */
const MAX_DETAILS = 6;

const header = ["", "What changed", "The matrix says", "Where"];

/** What changed, by what it is about, what broadens first. What neither broadens nor narrows is folded away. */
export function changeBlocks(report: ToldReport): readonly Block[] {
  const ordered = broadeningFirst(report.changes);
  const weighty = ordered.filter(({ impact }) => impact !== "neutral");
  const open = new Set(weighty.length === 0 ? ordered.slice(0, SHOWN_NEUTRAL) : weighty.slice(0, SHOWN));
  const isOnlyOneMore = ordered.length === open.size + 1;
  const shown = isOnlyOneMore ? ordered : [...open];
  const rest = isOnlyOneMore ? [] : ordered.filter((change) => !open.has(change));
  return [
    ...tableBlock("### What changed", header, rowsOf(shown, report), "change"),
    ...hiddenBlock(`${count(rest.length, "more change")}: ${tallyOf(rest)}`, header, rowsOf(rest, report), "change"),
  ];
}

function rowsOf(changes: readonly ToldChange[], report: ToldReport): Rows {
  return groupChanges(changes).flatMap((group) => group.changes.map((change) => () => row(change, report)));
}

function row(change: ToldChange, report: ToldReport): readonly string[] {
  const { impact, span, baseSpan, environments } = change;
  const place = span ?? baseSpan;
  const was = span === null ? " before" : "";
  return [
    impact === "broadens" ? `**${impact}**` : impact,
    describeWhere(change, environments, report, say),
    toldDetails(change, { verbose: false })
      .slice(0, MAX_DETAILS)
      .map(({ about, text, isYaml = false }) => `${say.prose(about)}: ${isYaml ? markdownYaml(text) : say.prose(text)}`)
      .join("<br>"),
    place === null ? "" : `${say.name(`${place.file}:${place.line}`)}${was}`,
  ];
}
