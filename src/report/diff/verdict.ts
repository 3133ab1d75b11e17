import type { ChangeKind } from "../../diff/change-kind.ts";
import type { Change, DiffFinding, DiffReport, Impact } from "../../diff/diff-report.ts";
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

/** Kinds of changes that a sentence has room for. */
const MAX_KINDS = 3;

/** Changes of one kind that are told one by one. */
const MAX_OF_KIND = 2;

const folded = { verbose: false };

/**
 * What a change means, as the clauses of one sentence: what it does, what follows, whether access broadens, who must
 * approve. Encoded, since all names went through `say`. Of an empty diff, the one clause that says so.
 */
export function verdict(report: DiffReport, say: Say): readonly string[] {
  const { changed, base, head, changes, impact } = report;
  if (!changed) return [`${say.name(head.name)} means the same as ${say.name(base.name)}`];
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
const structural: readonly ChangeKind[] = [
  "environment-added",
  "environment-removed",
  "service-added",
  "service-removed",
  "service-renamed",
];

/** The changes with the impact of the whole, by kind, and what came or went; the others are counted. */
function changeClauses(report: DiffReport, say: Say): readonly string[] {
  const { changes, impact } = report;
  const kindsOf = (some: readonly Change[], most: number): readonly (readonly Change[])[] =>
    [...groupBy(some, ({ kind }) => kind).values()].slice(0, most);
  const weighty = kindsOf(
    broadeningFirst(changes).filter((change) => change.impact === impact),
    MAX_KINDS,
  );
  const coming = kindsOf(
    changes.filter((change) => structural.includes(change.kind) && change.impact !== impact),
    MAX_KINDS - 1,
  );
  const told = impact === "broadens" ? [...weighty, ...coming] : [...coming, ...weighty];
  const left = changes.length - told.reduce((sum, { length }) => sum + length, 0);
  return [...told.flatMap((some) => ofOneKind(some, report, say)), ...(left === 0 ? [] : [count(left, "more change")])];
}

function ofOneKind(changes: readonly Change[], report: DiffReport, say: Say): readonly string[] {
  const [first] = changes;
  if (first === undefined) return [];
  if (changes.length <= MAX_OF_KIND)
    return changes.map((change) => describeChange(change, say) + inEnvironments(change.environments, report, say));
  const environments = [...new Set(changes.flatMap((change) => change.environments))].sort();
  return [describeMany(first.kind, changes.length) + inEnvironments(environments, report, say)];
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

/** What is grave enough for the sentence, of what the changes and the reach do not say. */
const graveFindings: Partial<Readonly<Record<DiffRuleId, readonly [one: string, many: string]>>> = {
  "never-newly-broken": ["breaks a never rule", "breaks never rules in %d places"],
  "never-newly-excused": ["excuses what breaks a never rule", "excuses what breaks never rules in %d places"],
  "account-destroyed": ["Terraform destroys an account", "Terraform destroys %d accounts"],
  "account-replaced": ["Terraform replaces an account", "Terraform replaces %d accounts"],
  "service-vanishes": ["a service vanishes that was not retired", "%d services vanish that were not retired"],
  "service-replaced": ["Terraform replaces a service", "Terraform replaces %d services"],
};

function findingClauses(findings: readonly DiffFinding[], say: Say): readonly string[] {
  return [...groupBy(findings, ({ rule }) => rule)].flatMap(([rule, found]) => {
    const words = graveFindings[rule];
    if (words === undefined) return [];
    const [one, many] = words;
    const subjects = [...new Set(found.flatMap(({ subject }) => subject ?? []))];
    const whom = subjects.length === 0 ? "" : ` (${foldNames(subjects, say.name)})`;
    return [(found.length === 1 ? one : many.replace("%d", String(found.length))) + whom];
  });
}

function needsClause({ approvers }: DiffReport, say: Say): readonly string[] {
  const names = [...new Set(approvers.flatMap((approver) => approverNames(approver, say)))];
  return names.length === 0 ? [] : [`needs ${foldWords(names, folded)}`];
}
