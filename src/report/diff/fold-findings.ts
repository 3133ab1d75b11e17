import type { Change, DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import type { DiffRuleId } from "../../diff/diff-rule-ids.ts";
import { groupBy } from "../../words/group-by.ts";
import { foldNames } from "./fold-names.ts";
import { sayPlain } from "./say.ts";
import { isToldByReach } from "./told-by-reach.ts";

/** Findings of one rule that are told one by one. */
const MAX_OF_RULE = 5;

/** The findings that people are told, in order: what reach lists is left out, and many of one rule are one. With `verbose`, all. */
export function foldFindings(
  { findings, changes }: Pick<DiffReport, "changes" | "findings">,
  { verbose }: { readonly verbose: boolean },
): readonly DiffFinding[] {
  if (verbose) return findings;
  const told = findings.filter((finding) => !isToldByReach(finding));
  return [...groupBy(told, ({ rule, severity }) => `${severity} ${rule}`).values()].flatMap((group) =>
    group.length > MAX_OF_RULE ? foldGroup(group, changes) : group,
  );
}

function foldGroup(group: readonly DiffFinding[], changes: readonly Change[]): readonly DiffFinding[] {
  const [first] = group;
  if (first === undefined) return [];
  const number = group.reduce((sum, { count = 1 }) => sum + count, 0);
  const prints = new Set(
    group.flatMap((each) => (each.subject === null && each.matrixRule === undefined ? each.changes : [])),
  );
  const subjects = new Set([
    ...group.flatMap(({ subject, matrixRule }) => subject ?? matrixRule ?? []),
    ...changes.flatMap(({ fingerprint, subject }) => (prints.has(fingerprint) ? (subject ?? []) : [])),
  ]);
  const names = foldNames([...subjects], sayPlain.name);
  return [
    {
      ...first,
      message: `${sentences[first.rule]?.(number) ?? `${number} findings`}${names === "" ? "" : ` (${names})`}`,
      help: group.every(({ help }) => help === first.help) ? first.help : null,
      environments: [...new Set(group.flatMap(({ environments }) => environments))].sort(),
      subject: null,
      path: [],
      changes: [...new Set(group.flatMap((each) => each.changes))],
      span: group.find(({ span }) => span !== null)?.span ?? null,
    },
  ];
}

/** What many findings of a rule say in one sentence; of rules that give a change its impact there are none. */
const sentences: Partial<Readonly<Record<DiffRuleId, (count: number) => string>>> = {
  "never-newly-broken": (n) => `rules come to be broken in ${n} places`,
  "internet-reaches": (n) => `the internet comes to reach ${n} services`,
  "account-destroyed": (n) => `applying it destroys ${n} accounts, with every grant that they have anywhere`,
  "account-replaced": (n) =>
    `applying it destroys ${n} accounts and makes others: grants elsewhere stay with the old ones`,
  "pool-destroyed": (n) =>
    `applying it destroys ${n} workload identity pools and providers, whose ids are then blocked`,
  "service-vanishes": (n) =>
    `${n} services go without having been retired: applying it destroys what Terraform has of them`,
  "never-newly-excused": (n) => `what rules forbid comes to be excused in ${n} places`,
  "sensitive-gains-caller": (n) => `${n} services that are sensitive gain callers`,
  "sensitive-lost": (n) => `${n} services and callers are not sensitive any more`,
  "expiry-extended": (n) => `${n} ends are put off`,
  "reason-unchanged": (n) => `${n} grants grow, and their reasons say what they said before`,
  "owner-handed-over": (n) => `${n} services, callers and teams pass to others, or to nobody`,
  "approver-missing": (n) => `for ${n} owners nobody on GitHub can approve`,
  "rule-covers-less": (n) => `${n} rules mean fewer services and callers than before`,
  "mode-raised": (n) => `${n} services go to enforce: whoever holds their role without an edge loses it`,
  "mode-lowered": (n) => `${n} services leave enforce: whoever is granted their role elsewhere keeps it`,
  "row-replaced": (n) => `applying it makes the rows of ${n} services anew: calls may be refused for minutes`,
  "provider-moved": (n) =>
    `applying it moves ${n} callers from outside to another provider: they need other credential files`,
  "service-replaced": (n) => `applying it destroys the Cloud Run services of ${n}, or makes them anew`,
  "last-caller-lost": (n) => `nobody may call ${n} services any more`,
  "possible-rename": (n) => `${n} services come that differ from one that goes in their key alone`,
};
