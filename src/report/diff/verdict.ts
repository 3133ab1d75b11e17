import type { ChangeKind } from "../../diff/change-kind.ts";
import type { DiffFinding, DiffReport, Impact } from "../../diff/diff-report.ts";
import type { DiffRuleId } from "../../diff/diff-rule-ids.ts";
import { count } from "../../words/enumerate-words.ts";
import { groupBy } from "../../words/group-by.ts";
import { foldWords } from "../drift/fold-words.ts";
import { approverNames } from "./approval.ts";
import { describeChange, describeMany } from "./describe-change.ts";
import { foldNames } from "./fold-names.ts";
import { foldReach } from "./fold-reach.ts";
import { inEnvironments } from "./in-environments.ts";
import { broadeningFirst } from "./order-changes.ts";
import type { Say } from "./say.ts";
import { tellTogether, type ToldChange, type ToldReport } from "./tell-together.ts";

/** Clauses about changes that a sentence has room for. */
const MAX_CLAUSES = 4;

/** Of these, clauses about what comes. */
const MAX_COMING = 2;

/** Kinds of changes that decide what the whole does, of which it speaks. */
const MAX_KINDS = 3;

/** Changes of one kind that are told one by one. */
const MAX_OF_KIND = 2;

const folded = { verbose: false };

/**
 * What a change means, as the clauses of one sentence: what it does, what follows, whether access broadens, who must
 * approve. Encoded, since all names went through `say`. Of an empty diff, the one clause that says so.
 */
export function verdict(judged: DiffReport, say: Say): readonly string[] {
  const { changed, base, head } = judged;
  if (!changed) return [`${say.name(head.name)} means the same as ${say.name(base.name)}`];
  const report = tellTogether(judged);
  const { changes, impact } = report;
  return [
    ...changeClauses(report, say),
    ...internetClause(report, say),
    ...findingClauses(report.findings, say),
    impactWords[changes.length === 0 ? "neutral" : impact],
    ...needsClause(report, say),
  ];
}

const impactWords = {
  broadens: "broadens access",
  narrows: "narrows access",
  neutral: "changes no access",
} as const satisfies Readonly<Record<Impact, string>>;

/** Kinds that a reviewer wants to hear of even where access hangs on others: what comes, goes, or has a new name. */
const coming: readonly ChangeKind[] = ["environment-added", "service-added"];
const going: readonly ChangeKind[] = ["environment-removed", "service-removed", "service-renamed"];

/** The changes with the impact of the whole, by kind, with what came before them and what went after them; of the others, those that change access are counted. */
function changeClauses(report: ToldReport, say: Say): readonly string[] {
  const { changes, impact } = report;
  // A service that vanishes is told by the finding.
  const vanishing = new Set(
    report.findings.flatMap(({ rule, subject }) => (rule === "service-vanishes" ? (subject ?? []) : [])),
  );
  const isTold = ({ kind, subject }: ToldChange): boolean => kind === "service-removed" && vanishing.has(subject ?? "");
  const structural = (kinds: readonly ChangeKind[]): readonly (readonly ToldChange[])[] =>
    byKind(changes.filter((each) => kinds.includes(each.kind) && each.impact !== impact && !isTold(each)));
  const weighty = byKind(broadeningFirst(changes).filter((change) => change.impact === impact));
  const [come, gone] = [structural(coming), structural(going)];
  const ordered =
    impact === "broadens" ? [...come, ...weighty.slice(0, MAX_KINDS), ...gone] : [...come, ...gone, ...weighty];
  const clauses: string[] = [];
  const told = new Set<ToldChange>();
  for (const some of ordered) {
    // What comes leaves room for what broadens.
    const room = (come.includes(some) && impact === "broadens" ? MAX_COMING : MAX_CLAUSES) - clauses.length;
    if (room <= 0) continue;
    clauses.push(...ofOneKind(some, Math.min(room, MAX_OF_KIND), report, say));
    for (const change of some) told.add(change);
  }
  const left = changes.filter((each) => !told.has(each) && (impact === "neutral" || each.impact !== "neutral")).length;
  return [...clauses, ...(left === 0 ? [] : [count(left, "more change")])];
}

function byKind(changes: readonly ToldChange[]): readonly (readonly ToldChange[])[] {
  return [...groupBy(changes, ({ kind }) => kind).values()];
}

function ofOneKind(changes: readonly ToldChange[], most: number, report: ToldReport, say: Say): readonly string[] {
  const [first] = changes;
  if (first === undefined) return [];
  const where = (names: readonly string[]): string => {
    const isEverywhere = report.environments.every((each) => names.includes(each));
    const isStructural = coming.includes(first.kind) || going.includes(first.kind);
    return isEverywhere && isStructural ? "" : inEnvironments(names, report, say);
  };
  if (changes.length <= most) return changes.map((change) => describeChange(change, say) + where(change.environments));
  const environments = [...new Set(changes.flatMap((change) => change.environments))].sort();
  return [describeMany(first.kind, changes.length) + where(environments)];
}

/** Whom the internet reaches now, through others; what was itself opened is said already. */
function internetClause(report: DiffReport, say: Say): readonly string[] {
  const opened = new Set(
    report.changes.flatMap(({ kind, to, subject }) => (kind === "public-added" ? [to ?? subject] : [])),
  );
  const pairs = foldReach(report.reach.gained).filter(
    ({ from, to, path }) => from === "internet" && !(path.length === 2 && opened.has(to)),
  );
  const names = foldNames([...groupBy(pairs, ({ to }) => to)], ([to, ways]) => {
    return `${say.name(to)}${ways.some(({ sensitive }) => sensitive) ? " (sensitive)" : ""}`;
  });
  if (names === "") return [];
  const broadening = report.changes.filter(({ impact }) => impact === "broadens");
  return [broadening.length === 1 ? `through it the internet reaches ${names}` : `the internet newly reaches ${names}`];
}

interface Grave {
  readonly one: string;
  /** Of several, `%d` is how many. */
  readonly many: string;
  /** What is counted and named; else what the findings are about. */
  readonly of?: "matrixRule";
}

/** What is grave enough for the sentence, of what the changes and the reach do not say. */
const graveFindings: Partial<Readonly<Record<DiffRuleId, Grave>>> = {
  "never-newly-broken": { one: "breaks the rule %s", many: "breaks %d rules (%s)", of: "matrixRule" },
  "never-newly-excused": {
    one: "excuses what breaks the rule %s",
    many: "excuses what breaks %d rules (%s)",
    of: "matrixRule",
  },
  "account-destroyed": { one: "Terraform destroys the account of %s", many: "Terraform destroys %d accounts (%s)" },
  "account-replaced": { one: "Terraform replaces the account of %s", many: "Terraform replaces %d accounts (%s)" },
  "service-vanishes": {
    one: "%s vanishes without having been retired",
    many: "%d services vanish without having been retired (%s)",
  },
  "service-replaced": { one: "Terraform replaces the service of %s", many: "Terraform replaces %d services (%s)" },
};

function findingClauses(findings: readonly DiffFinding[], say: Say): readonly string[] {
  return [...groupBy(findings, ({ rule }) => rule)].flatMap(([rule, found]) => {
    const grave = graveFindings[rule];
    if (grave === undefined) return [];
    const { one, many, of = "subject" } = grave;
    const things = [...new Set(found.flatMap((finding) => finding[of] ?? []))];
    // Of those that stand for several, what they are about is not known.
    const number = things.length + found.reduce((sum, { count: some = 0 }) => sum + some, 0);
    if (number === 0) return [];
    const [before = "", after = ""] = (number === 1 ? one : many.replace("%d", String(number))).split("%s");
    return [before + foldNames(things, say.name) + after];
  });
}

function needsClause({ approvers }: DiffReport, say: Say): readonly string[] {
  const names = [...new Set(approvers.flatMap((approver) => approverNames(approver, say)))];
  return names.length === 0 ? [] : [`needs ${foldWords(names, folded)}`];
}
