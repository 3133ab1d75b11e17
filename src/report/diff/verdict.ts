import type { ChangeKind } from "../../diff/change-kind.ts";
import type { DiffReport, Impact } from "../../diff/diff-report.ts";
import type { DiffRuleId } from "../../diff/diff-rule-ids.ts";
import { groupBy } from "../../words/group-by.ts";
import { approverNames } from "./approval.ts";
import { type Clause, clausesOfKind, foldEncoded, type Telling } from "./clause.ts";
import { foldNames } from "./fold-names.ts";
import { foldReach } from "./fold-reach.ts";
import { lossClauses, ruleClauses, safeguardClauses, sensitiveCallerClauses } from "./grave-clauses.ts";
import { sideName } from "./headline.ts";
import { inEnvironments } from "./in-environments.ts";
import { broadeningFirst } from "./order-changes.ts";
import type { Say } from "./say.ts";
import { tellTogether, type ToldChange, type ToldReport } from "./tell-together.ts";

/** Clauses that a sentence has room for, but for what is grave, which always has its own. */
const MAX_CLAUSES = 4;

/** Changes of one kind that are told one by one. */
const MAX_OF_KIND = 2;

/**
 * What a change means, as the clauses of one sentence, the most dangerous first: what follows, what it does, whether access
 * broadens, who must approve. Encoded, since all names went through `say`. Of an empty diff, the one clause that says so.
 */
export function verdict(judged: DiffReport, say: Say): readonly string[] {
  const { changed, base, head } = judged;
  if (!changed) return [`${say.name(sideName(head))} means the same as ${say.name(sideName(base))}`];
  const report = tellTogether(judged);
  return [
    ...clausesOf({ report, say, sensitive: sensitiveOf(report) }).map(({ words }) => words),
    ...impactClause(report),
    ...needsClause(report, say),
  ];
}

const impactWords = {
  broadens: "broadens access",
  narrows: "narrows access",
  neutral: "changes no access",
} as const satisfies Readonly<Record<Impact, string>>;

function impactClause({ changes, impact, findings }: ToldReport): readonly string[] {
  if (changes.length === 0) return [impactWords.neutral];
  // Who approves, or what Terraform destroys, is said already, and it is not nothing.
  const isHandedOver = changes.some(({ kind }) => kind === "team-changed");
  const isDestroyed = findings.some(({ rule }) => destroying.has(rule));
  return impact === "neutral" && (isHandedOver || isDestroyed) ? [] : [impactWords[impact]];
}

/** Calls are refused where an account, a row or a service goes, even if it comes again. */
const destroying: ReadonlySet<DiffRuleId> = new Set([
  "account-destroyed",
  "account-replaced",
  "pool-destroyed",
  "row-replaced",
  "service-replaced",
  "service-vanishes",
]);

function sensitiveOf({ reach, findings }: DiffReport): ReadonlySet<string> {
  return new Set([
    ...[...reach.gained, ...reach.lost].flatMap(({ sensitive, to }) => (sensitive ? to : [])),
    ...findings.flatMap(({ rule, severity, subject }) =>
      rule === "sensitive-gains-caller" ||
      rule === "sensitive-lost" ||
      (rule === "internet-reaches" && severity === "error")
        ? (subject ?? [])
        : [],
    ),
  ]);
}

function clausesOf(telling: Telling): readonly Clause[] {
  const { changes } = telling.report;
  const broadening = changes.filter(({ impact }) => impact === "broadens");
  // Of a single change, what it leads to is told after it.
  const isOne = broadening.length === 1;
  const opened = openedClauses(telling);
  const grave = [
    ...ruleClauses(telling),
    ...(isOne ? [] : internetClause(telling, "sensitive", "the internet newly reaches")),
    ...opened,
    ...lossClauses(telling),
    ...safeguardClauses(telling),
    ...sensitiveCallerClauses(telling),
  ];
  const told = new Set(grave.flatMap(({ tells }) => tells));
  const rest = changes.filter((change) => !told.has(change));
  const follows = isOne
    ? internetClause(telling, "all", "through it the internet reaches")
    : internetClause(telling, "others", "the internet newly reaches");
  return [...grave, ...restClauses(rest, told, grave.length, telling, follows)];
}

/** What is dangerous by its rule, in order; then whatever else broadens. */
const danger: readonly DiffRuleId[] = [
  "exposure-opened",
  "identity-may-call",
  "grant-moved",
  "inherited-gained",
  "enforcement-lowered",
  "caller-gained",
];

/** Kinds that a reviewer wants to hear of even where access hangs on others: what comes, goes, or has a new name. */
const structural: readonly ChangeKind[] = [
  "environment-added",
  "service-added",
  "environment-removed",
  "service-removed",
  "service-renamed",
];

/** The other changes, by kind, as far as there is room, with what follows from them; how many more there are, and what they do. */
function restClauses(
  rest: readonly ToldChange[],
  told: ReadonlySet<ToldChange>,
  used: number,
  telling: Telling,
  follows: readonly Clause[],
): readonly Clause[] {
  const { impact } = telling.report;
  const rank = ({ kind, rules: [rule] }: ToldChange): number => {
    if (kind === "public-added") return -1;
    const found = danger.findIndex((each) => each === rule);
    return found === -1 ? danger.length : found;
  };
  const weighty = broadeningFirst(rest)
    .filter((change) => change.impact === impact)
    .sort((a, b) => rank(a) - rank(b));
  const others = rest.filter((change) => change.impact !== impact && structural.includes(change.kind));
  const clauses: Clause[] = [];
  const add = (changes: readonly ToldChange[]): void => {
    for (const some of groupBy(changes, ({ kind }) => kind).values()) {
      // What is grave leaves room for one more.
      const room = Math.max(1, MAX_CLAUSES - used) - clauses.length;
      if (room <= 0) return;
      const more = [...told].some(({ kind }) => kind === some[0]?.kind) ? " more" : "";
      clauses.push(...clausesOfKind(some, { most: Math.min(room, MAX_OF_KIND), more }, telling));
    }
  };
  const isBroadening = impact === "broadens";
  add(isBroadening ? weighty : structuralFirst(others, weighty));
  clauses.push(...follows);
  if (isBroadening) add(others);
  const said = new Set(clauses.flatMap(({ tells }) => tells));
  const left = rest.filter((change) => !said.has(change));
  return [...clauses, ...leftClause(left, impact)];
}

function structuralFirst(others: readonly ToldChange[], weighty: readonly ToldChange[]): readonly ToldChange[] {
  const isStructural = ({ kind }: ToldChange): boolean => structural.includes(kind);
  return [...others, ...weighty.filter(isStructural), ...weighty.filter((change) => !isStructural(change))];
}

/** `and 3 more that broaden, 1 that narrows`; what changes no access counts only where nothing does. */
function leftClause(left: readonly ToldChange[], impact: Impact): readonly Clause[] {
  const number = (of: Impact): number => left.filter((change) => change.impact === of).length;
  const [broaden, narrow, neutral] = [number("broadens"), number("narrows"), impact === "neutral" ? left.length : 0];
  const words = [
    ...(broaden === 0 ? [] : [`${broaden} more that broaden${broaden === 1 ? "s" : ""}`]),
    ...(narrow === 0 ? [] : [`${narrow} ${broaden === 0 ? "more " : ""}that narrow${narrow === 1 ? "s" : ""}`]),
    ...(neutral === 0 ? [] : [`${neutral} more`]),
  ];
  return words.length === 0 ? [] : [{ words: `and ${words.join(", ")}`, tells: left }];
}

/** Sensitive services that are themselves opened. */
function openedClauses({ report, say, sensitive }: Telling): readonly Clause[] {
  const opened = report.changes.filter(
    ({ kind, impact, to, subject }) =>
      kind === "public-added" && impact === "broadens" && sensitive.has(to ?? subject ?? ""),
  );
  if (opened.length === 0) return [];
  const environments = [...new Set(opened.flatMap((change) => change.environments))].sort();
  const names = foldNames([...new Set(opened.map(({ to, subject }) => to ?? subject ?? ""))], say.name);
  return [
    { words: `opens ${names} (sensitive) to the internet${inEnvironments(environments, report, say)}`, tells: opened },
  ];
}

/** Whom the internet reaches now, through others; what was itself opened is said already. */
function internetClause(
  { report, say, sensitive }: Telling,
  which: "all" | "others" | "sensitive",
  words: string,
): readonly Clause[] {
  const opened = new Set(
    report.changes.flatMap(({ kind, to, subject }) => (kind === "public-added" ? [to ?? subject] : [])),
  );
  const reached = foldReach(report.reach.gained).flatMap(({ from, to, path }) =>
    from === "internet" && !(path.length === 2 && opened.has(to)) ? to : [],
  );
  const isSensitive = (name: string): boolean => sensitive.has(name);
  const names = [...new Set(reached)].sort((a, b) => Number(isSensitive(b)) - Number(isSensitive(a)));
  const told = names.filter((name) => which === "all" || isSensitive(name) === (which === "sensitive"));
  if (told.length === 0) return [];
  const named = foldNames(told, (name) => `${say.name(name)}${isSensitive(name) ? " (sensitive)" : ""}`);
  return [{ words: `${words} ${named}`, tells: [] }];
}

function needsClause({ approvers }: DiffReport, say: Say): readonly string[] {
  const names = [...new Set(approvers.flatMap((approver) => approverNames(approver, say)))];
  return names.length === 0 ? [] : [`needs ${foldEncoded(names)}`];
}
