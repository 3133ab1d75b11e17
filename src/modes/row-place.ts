import type { LiveService } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import type { CallerNames } from "../drift/caller-names.ts";
import type { RowMember } from "../matrix/model/row-members.ts";
import type { Service } from "../matrix/model/world.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { compareText } from "../words/compare-text.ts";
import type { Activity, RowMemberStep, RowPlace } from "./modes-report.ts";

interface Row {
  readonly service: Service;
  readonly region: string;
  readonly declared: readonly RowMember[];
  readonly names: CallerNames;
  readonly activityOf: (principal: string) => Activity;
}

/**
 * What Terraform would make of the live row in one region: of the one role that it is about, without a condition. Other
 * roles, and bindings with a condition, are others' (hashicorp/google keys a binding by role and condition).
 */
export function rowPlace(
  live: LiveService | "absent" | "unread",
  { service, region, declared, names, activityOf }: Row,
): RowPlace {
  const step = (principal: string): RowMemberStep => ({
    principal,
    names: names.namesOf(parseMember(principal).principal),
    activity: activityOf(principal),
  });
  const nothing = { region, adds: [], removes: [], conditional: [] };
  if (live === "absent") return { ...nothing, live, reason: undefined };
  if (live === "unread") return { ...nothing, live, reason: "what runs there was not read" };
  const { policy } = live.record;
  const value = valueOf(policy);
  if (value === undefined) return { ...nothing, live: "unread", reason: reasonOf(policy) };
  const bindings = value.bindings.filter(({ role }) => isOfRole(role, service.invokerRole));
  const isPlain = (binding: (typeof bindings)[number]): boolean =>
    binding.condition === undefined && binding.role === service.invokerRole;
  const there = unique(bindings.filter(isPlain).flatMap(({ members }) => members));
  const conditional = unique(bindings.filter((each) => !isPlain(each)).flatMap(({ members }) => members));
  const wanted = new Set(declared.map(({ principal }) => parseMember(principal).principal));
  const has = new Set(there.map((member) => parseMember(member).principal));
  return {
    region,
    live: policy.status === "read" ? "read" : "partial",
    reason: policy.status === "read" ? undefined : reasonOf(policy),
    adds: declared
      .filter(({ principal }) => !has.has(parseMember(principal).principal))
      .map((each) => step(each.principal)),
    removes: there.filter((member) => !wanted.has(parseMember(member).principal)).map(step),
    conditional: conditional.map(step),
  };
}

/** Whether a row is surely what the matrix says. */
export function isAsDeclared({ live, adds, removes, conditional }: RowPlace): boolean {
  return live === "read" && adds.length === 0 && removes.length === 0 && conditional.length === 0;
}

/** docs: /iam/docs/troubleshooting-withcond — a policy that was read below version 3 hides a condition in the role. */
function isOfRole(role: string, wanted: string): boolean {
  return role === wanted || (role.startsWith(wanted) && /^_withcond_[0-9a-f]+$/.test(role.slice(wanted.length)));
}

function unique(members: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return members
    .filter((member) => seen.size < seen.add(parseMember(member).principal).size)
    .toSorted((a, b) => compareText(a, b));
}

function reasonOf(reading: { readonly status: string; readonly reason?: string }): string {
  return reading.reason ?? reading.status;
}
