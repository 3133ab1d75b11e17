import type { ChangeKind } from "../../diff/change-kind.ts";
import type { DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import type { DiffRuleId } from "../../diff/diff-rule-ids.ts";
import { groupBy } from "../../words/group-by.ts";
import { type Clause, clausesOfKind, isAmong, type Telling } from "./clause.ts";
import { describeWhere } from "./describe-change.ts";
import { foldNames } from "./fold-names.ts";
import { inEnvironments } from "./in-environments.ts";
import type { ToldChange } from "./tell-together.ts";

/** Things of one sort that are told one by one. */
const MAX_ALIKE = 2;

interface Grave {
  readonly one: string;
  /** Of several, `%d` is how many. */
  readonly many: string;
  /** What is counted and named; else what the findings are about. */
  readonly of?: "matrixRule";
}

const ruleFindings = {
  "never-newly-broken": { one: "breaks the rule %s", many: "breaks %d rules (%s)", of: "matrixRule" },
  "never-newly-excused": {
    one: "excuses what breaks the rule %s",
    many: "excuses what breaks %d rules (%s)",
    of: "matrixRule",
  },
} as const satisfies Partial<Readonly<Record<DiffRuleId, Grave>>>;

const lossFindings = {
  "account-destroyed": { one: "Terraform destroys the account of %s", many: "Terraform destroys %d accounts (%s)" },
  "account-replaced": { one: "Terraform replaces the account of %s", many: "Terraform replaces %d accounts (%s)" },
  "pool-destroyed": {
    one: "Terraform destroys the pool or provider %s",
    many: "Terraform destroys %d pools and providers (%s)",
  },
  "service-vanishes": {
    one: "%s vanishes without having been retired",
    many: "%d services vanish without having been retired (%s)",
  },
  "service-replaced": { one: "Terraform replaces the service of %s", many: "Terraform replaces %d services (%s)" },
} as const satisfies Partial<Readonly<Record<DiffRuleId, Grave>>>;

/** Rules of the matrix that come to be broken, or excused. */
export function ruleClauses(telling: Telling): readonly Clause[] {
  return findingClauses(telling.report.findings, ruleFindings, telling);
}

/** What Terraform would destroy, and what looks like a renaming that nobody told. */
export function lossClauses(telling: Telling): readonly Clause[] {
  const { report, say } = telling;
  const renames = report.findings.flatMap((finding) => renameOf(finding, telling));
  const former = new Set(renames.map(({ gone }) => gone.subject));
  const vanishing = report.findings.filter(({ rule }) => rule === "service-vanishes");
  const names = new Set(vanishing.map(({ subject }) => subject));
  const goes = (name: string | null): string =>
    names.has(name) ? `, so that Terraform destroys ${say.name(name ?? "")}` : "";
  const [first, second, third] = renames;
  const isMany = third !== undefined;
  const pair = ({ gone, come }: Rename): string => `${say.name(gone.subject ?? "")} to ${say.name(come.subject ?? "")}`;
  const told = isMany
    ? [
        {
          words: `probably renames ${renames.length} services (${foldNames(renames, pair)}; formerNames missing)`,
          tells: renames.flatMap(({ gone, come }) => [gone, come]),
        },
      ]
    : [first, second].flatMap((each) =>
        each === undefined
          ? []
          : [
              {
                words: `probably renames ${pair(each)} (formerNames missing${goes(each.gone.subject)})`,
                tells: [each.gone, each.come],
              },
            ],
      );
  // A service that vanishes is told by the finding.
  const going = report.changes.filter(({ kind, subject }) => kind === "service-removed" && names.has(subject));
  const isTold = ({ rule, subject }: DiffFinding): boolean =>
    rule === "service-vanishes" && !isMany && former.has(subject);
  const losses = findingClauses(
    report.findings.filter((finding) => !isTold(finding)),
    lossFindings,
    telling,
  );
  return [...told, ...losses.map((clause) => ({ ...clause, tells: going }))];
}

interface Rename {
  readonly gone: ToldChange;
  readonly come: ToldChange;
}

function renameOf({ rule, changes }: DiffFinding, { report }: Telling): readonly Rename[] {
  if (rule !== "possible-rename") return [];
  const prints = new Set(changes);
  const of = (kind: ChangeKind): ToldChange | undefined =>
    report.changes.find((change) => change.kind === kind && isAmong(change, prints));
  const [gone, come] = [of("service-removed"), of("service-added")];
  return gone === undefined || come === undefined ? [] : [{ gone, come }];
}

/** Safeguards in the order of what they hold back. */
const safeguards: readonly ChangeKind[] = [
  "rule-removed",
  "rule-changed",
  "exception-added",
  "exception-changed",
  "sensitive-changed",
];

/** Rules, exceptions and what is sensitive, and everything else by which less stands in the way. */
export function safeguardClauses(telling: Telling): readonly Clause[] {
  const { report, say } = telling;
  const lowered = report.changes.filter(
    ({ impact, kind, rules }) =>
      impact === "broadens" && (safeguards.includes(kind) || rules[0] === "safeguard-lowered"),
  );
  const of = groupBy(lowered, ({ kind }) => kind);
  const byKind = safeguards.flatMap((kind) =>
    clausesOfKind(of.get(kind) ?? [], { most: MAX_ALIKE, isNamed: true }, telling),
  );
  const rules = new Set(
    lowered.flatMap(({ kind, parts }) => (kind === "rule-changed" ? parts : [])).map(fingerprintOf),
  );
  const covers = report.findings.filter(
    ({ rule, changes }) => rule === "rule-covers-less" && !changes.some((print) => rules.has(print)),
  );
  const lost = report.findings.filter(({ rule }) => rule === "sensitive-lost");
  const because = lowered.filter(
    (change) =>
      /^(labels|owner|service-kind)-changed$/.test(change.kind) &&
      isAmong(change, new Set([...covers, ...lost].flatMap(({ changes }) => changes))),
  );
  const told = new Set(because);
  const others = [...of.entries()].flatMap(([kind, some]) =>
    safeguards.includes(kind)
      ? []
      : clausesOfKind(
          some.filter((change) => !told.has(change)),
          { most: MAX_ALIKE, isNamed: true },
          telling,
        ),
  );
  return [
    ...byKind,
    ...findingClauses(lost, sensitiveLost, telling).map(({ words }) => ({ words, tells: because })),
    ...covers.slice(0, MAX_ALIKE).map(({ message }) => ({ words: say.prose(message), tells: because })),
    ...(covers.length > MAX_ALIKE
      ? [{ words: `${covers.length - MAX_ALIKE} more rules mean less than before`, tells: [] }]
      : []),
    ...others,
  ];
}

const sensitiveLost = {
  "sensitive-lost": { one: "%s is not sensitive any more", many: "%d names are not sensitive any more (%s)" },
} as const satisfies Partial<Readonly<Record<DiffRuleId, Grave>>>;

/** Sensitive services that gain callers, each by its name as far as the sentence has room. */
export function sensitiveCallerClauses(telling: Telling): readonly Clause[] {
  const { report, say, sensitive } = telling;
  const gained = report.changes.filter(
    ({ kind, impact, to, rules }) =>
      impact === "broadens" &&
      /^(edge-added|expiry-changed|through-changed)$/.test(kind) &&
      (rules.includes("sensitive-gains-caller") || sensitive.has(to ?? "")),
  );
  const groups = [...groupBy(gained, ({ to }) => to ?? "")];
  const shown = groups.length <= MAX_TARGETS + 1 ? groups : groups.slice(0, MAX_TARGETS);
  const rest = groups.slice(shown.length);
  return [
    ...shown.flatMap(([to, changes]): readonly Clause[] => {
      const [only, ...others] = changes;
      if (only === undefined) return [];
      if (others.length === 0) return [{ words: tellSensitive(only, telling), tells: changes }];
      const callers = [...new Set(changes.map(({ from }) => from ?? ""))];
      const environments = [...new Set(changes.flatMap((change) => change.environments))].sort();
      const words = `lets ${foldNames(callers, say.name)} call ${say.name(to)} (sensitive)`;
      return [{ words: words + inEnvironments(environments, report, say), tells: changes }];
    }),
    ...(rest.length === 0
      ? []
      : [
          {
            words: `${rest.length} more sensitive services gain callers (${foldNames(rest, ([to]) => say.name(to))})`,
            tells: rest.flatMap(([, changes]) => changes),
          },
        ]),
  ];
}

/** Sensitive services that gain callers, of which each has its clause. */
const MAX_TARGETS = 2;

/** What a change does that lets somebody call a sensitive service. */
export function tellSensitive(
  change: ToldChange,
  { report, say }: Pick<Telling, "say"> & { readonly report: Pick<DiffReport, "environments"> },
): string {
  const where = inEnvironments(change.environments, report, say);
  if (change.kind === "edge-added") {
    const way = describeWhere(change, [], report, say);
    return `${way.endsWith(" through IAP") ? `${way.slice(0, -" through IAP".length)} (sensitive) through IAP` : `${way} (sensitive)`}${where}`;
  }
  return `${describeWhere(change, [], report, say)} (sensitive)${where}`;
}

function fingerprintOf({ fingerprint }: { readonly fingerprint: string }): string {
  return fingerprint;
}

function findingClauses(
  findings: readonly DiffFinding[],
  graves: Partial<Readonly<Record<DiffRuleId, Grave>>>,
  { say }: Telling,
): readonly Clause[] {
  return [...groupBy(findings, ({ rule }) => rule)].flatMap(([rule, found]) => {
    const grave = graves[rule];
    if (grave === undefined) return [];
    const { one, many, of = "subject" } = grave;
    const things = [...new Set(found.flatMap((finding) => finding[of] ?? []))];
    // Of those that stand for several, what they are about is not known.
    const number = things.length + found.reduce((sum, { count: some = 0 }) => sum + some, 0);
    if (number === 0) return [];
    const [before = "", after = ""] = (number === 1 ? one : many.replace("%d", String(number))).split("%s");
    return [{ words: before + foldNames(things, say.name) + after, tells: [] }];
  });
}
