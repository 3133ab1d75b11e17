import type { Change, DiffReport, Impact } from "../../diff/diff-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import type { Style } from "../terminal/paint.ts";
import { columnsOf, wrapLine } from "../terminal/wrap-line.ts";
import { toldDetails } from "./change-details.ts";
import { describeWhere } from "./describe-change.ts";
import { sideName } from "./headline.ts";
import { broadeningFirst, type ChangeGroup, groupChanges } from "./order-changes.ts";
import type { Say } from "./say.ts";
import { tallyOf } from "./tally.ts";
import type { ToldChange, ToldReport } from "./tell-together.ts";
import type { DiffTextLook } from "./text-look.ts";

/** Changes that are told where not all are; what broadens comes first. */
const SHOWN = 25;

/** The columns of the longest word of impact, and a gap. */
const MARGIN = " ".repeat("  broadens  ".length);

const styles = { broadens: "warning", narrows: "good", neutral: "faint" } as const satisfies Readonly<
  Record<Impact, Style>
>;

/** What changed, by what it is about, as lines: what broadens first. */
export function textChanges(report: ToldReport, look: DiffTextLook): readonly string[] {
  const { changes } = report;
  // One more takes no more room than to say that there is one more.
  const isFolded = !look.verbose && changes.length > SHOWN + 1;
  const shown = isFolded ? broadeningFirst(changes).slice(0, SHOWN) : changes;
  const left = isFolded ? broadeningFirst(changes).slice(SHOWN) : [];
  return [
    ...groupChanges(shown).flatMap((group) => [...groupLines(group, report, look), ""]),
    ...(left.length === 0 ? [] : [`and ${count(left.length, "more change")}: ${tallyOf(left)}; -v lists all`, ""]),
  ];
}

function groupLines(
  { noun, name, changes }: ChangeGroup<ToldChange>,
  report: DiffReport,
  look: DiffTextLook,
): readonly string[] {
  const { say, paint } = look;
  const words = [...(noun === null || noun === "matrix" ? [] : [noun]), name === null ? "the matrix" : say.name(name)];
  return [paint("strong", words.join(" ")), ...changes.flatMap((change) => changeLines(change, report, look))];
}

function changeLines(change: ToldChange, report: DiffReport, look: DiffTextLook): readonly string[] {
  const { say, paint, verbose } = look;
  const { impact, rules, parts, environments } = change;
  const sentence = describeWhere(change, environments, report, say);
  const shownRules = verbose ? rules : impact === "neutral" ? [] : rules.slice(0, 1);
  const label = shownRules.length === 0 ? "" : ` [${shownRules.join(", ")}]`;
  const place = placeOf(change, report, look);
  const fits = columnsOf(`${MARGIN}${sentence}${label} --> ${place}`) <= look.width;
  const arrow = place === "" ? "" : `${paint("faint", "-->")} ${place}`;
  const line = `  ${paint(styles[impact], impact)}${" ".repeat(MARGIN.length - 2 - impact.length)}${sentence}${label === "" ? "" : paint("faint", label)}${fits && arrow !== "" ? ` ${arrow}` : ""}`;
  return [
    ...wrapLine(line, look.width, MARGIN.length),
    ...toldDetails(change, look).map(
      ({ about, text }) => `${MARGIN}${paint("faint", `${say.name(about)}:`)} ${say.prose(text)}`,
    ),
    ...(fits || arrow === "" ? [] : [`${MARGIN}${arrow}`]),
    ...(verbose
      ? parts.map(
          (part) => `${MARGIN}${paint("faint", fingerprintLabel(part, change, say))} ${say.name(part.fingerprint)}`,
        )
      : []),
  ];
}

/** Where the later version says it; of what is gone there, where the earlier did. */
function placeOf({ span, baseSpan }: ToldChange, { base }: DiffReport, { say }: DiffTextLook): string {
  const place = span ?? baseSpan;
  if (place === null) return "";
  return `${say.name(place.file)}:${place.line}:${place.column}${span === null ? ` of ${say.name(sideName(base))}` : ""}`;
}

function fingerprintLabel({ environments }: Change, { parts }: ToldChange, say: Say): string {
  return parts.length === 1 ? "fingerprint:" : `fingerprint in ${enumerateWords(environments.map(say.name), "and")}:`;
}
