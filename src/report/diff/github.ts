import { type Severity, severities } from "../../finding/severity.ts";
import type { Change, DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { count } from "../../words/enumerate-words.ts";
import { groupBy } from "../../words/group-by.ts";
import { annotationCommands, annotationPosition } from "../github/annotation.ts";
import { workflowCommand } from "../github/workflow-command.ts";
import { toldDetails } from "./change-details.ts";
import type { DiffFormatter } from "./diff-format.ts";
import { describeWhere } from "./describe-change.ts";
import { foldList } from "./fold-list.ts";
import { tellSensitive } from "./grave-clauses.ts";
import { absentSides, conclusion, headFile, sideName } from "./headline.ts";
import { environmentWords } from "./in-environments.ts";
import { broadeningFirst } from "./order-changes.ts";
import { pathWords } from "./path-words.ts";
import { sayPlain, sayTerminal } from "./say.ts";
import { tellTogether, type ToldChange, type ToldReport } from "./tell-together.ts";
import { isToldByReach } from "./told-by-reach.ts";
import { verdict } from "./verdict.ts";

const folded = { verbose: false };

/** Annotations of each level that GitHub shows of a step. */
const SHOWN = 10;

/** Messages that one annotation has room for. */
const MAX_MESSAGES = 12;

/** What is to be said at a place. */
interface Note {
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly span: Span | null;
}

/**
 * Annotations in a workflow of GitHub Actions, one for each line, the gravest first and no more than GitHub shows: the last
 * says how many are left out. What neither broadens nor narrows is counted only. Nothing changed: nothing is written.
 */
export const github: DiffFormatter = (judged) => {
  if (!judged.changed) return "";
  const report = tellTogether(judged);
  const say = sayTerminal(false);
  const lines = [
    verdict(judged, say).join("; "),
    ...commandsOf(notesOf(report), report),
    ...absentSides(report, say),
    conclusion(report, say),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function notesOf(report: ToldReport): readonly Note[] {
  const changes = broadeningFirst(report.changes).filter(({ impact }) => impact !== "neutral");
  const prints = new Set(changes.flatMap(({ parts }) => parts.map(({ fingerprint }) => fingerprint)));
  // A new caller of what is sensitive is told by its edge.
  const isToldByEdges = ({ rule, changes: edges }: DiffFinding): boolean =>
    rule === "sensitive-gains-caller" && edges.length > 0 && edges.every((edge) => prints.has(edge));
  return [
    ...report.findings
      .filter((each) => !isToldByReach(each) && !isToldByEdges(each))
      .map((each) => findingNote(each, report)),
    ...changes.map((change) => changeNote(change, report)),
  ];
}

function commandsOf(notes: readonly Note[], report: DiffReport): readonly string[] {
  const places = [...groupBy(notes, ({ span }) => JSON.stringify(span === null ? null : [span.file, span.line]))].map(
    ([, at]) => at.toSorted((a, b) => rank(a) - rank(b)),
  );
  return severities.flatMap((severity) => {
    const mine = places.filter(([first]) => first?.severity === severity);
    return mine.slice(0, SHOWN).flatMap((at, i) => {
      const left = i === SHOWN - 1 ? mine.length - SHOWN : 0;
      return placeCommand(at, left, report);
    });
  });
}

function placeCommand(at: readonly Note[], left: number, report: DiffReport): readonly string[] {
  const [first] = at;
  if (first === undefined) return [];
  const [shown, more] = foldList(at, MAX_MESSAGES, folded);
  const data = [
    ...shown.map(({ message }) => message),
    ...(more === 0 ? [] : [`and ${more} more`]),
    ...(left === 0 ? [] : [`and ${count(left, "more place")}, which GitHub would not show: matrix diff lists them`]),
  ];
  const properties = { ...position(first.span, report), title: first.title };
  return [workflowCommand(annotationCommands[first.severity], properties, data.join("\n"))];
}

function rank({ severity }: Note): number {
  return severities.indexOf(severity);
}

function findingNote(finding: DiffFinding, report: DiffReport): Note {
  const { severity, rule, message, help, environments, path, span } = finding;
  const where = environmentWords(environments, report, sayPlain);
  const lines = [
    `${sayPlain.prose(message)}${where === "" ? "" : ` (${where})`}`,
    ...(path.length === 0 ? [] : [pathWords(path, sayPlain, folded)]),
    ...(help === null ? [] : [`help: ${sayPlain.prose(help)}`]),
  ];
  return { severity, title: rule, message: lines.join("\n"), span };
}

function changeNote(change: ToldChange, report: DiffReport): Note {
  const { impact, rules, span, baseSpan } = change;
  const isSensitive = rules.includes("sensitive-gains-caller");
  const lines = [
    isSensitive
      ? tellSensitive(change, { report, say: sayPlain })
      : describeWhere(change, change.environments, report, sayPlain),
    ...toldDetails(change, folded).map(({ about, text }) => `${sayPlain.name(about)}: ${sayPlain.prose(text)}`),
    // Lines of the earlier version are not those that the pull request shows.
    ...(span === null && baseSpan !== null
      ? [`it stood at ${sayPlain.name(baseSpan.file)}:${baseSpan.line} of ${sayPlain.name(sideName(report.base))}`]
      : []),
  ];
  return {
    severity: impact === "broadens" ? "warning" : "info",
    title: titleOf(change),
    message: lines.join("\n"),
    span,
  };
}

function titleOf({ impact, rules }: Pick<Change, "impact" | "rules">): string {
  const rule = rules.find((each) => each === "sensitive-gains-caller") ?? rules[0];
  return `${impact}${rule === undefined ? "" : ` (${rule})`}`;
}

/** What has no line is put on the first of the file; what has no file, nowhere. */
function position(span: Span | null, report: DiffReport): Readonly<Record<string, string | number>> {
  if (span !== null) return annotationPosition(span);
  const file = headFile(report);
  return file === null ? {} : { file, line: 1 };
}
