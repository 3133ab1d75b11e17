import { parseMember } from "../../access/member.ts";
import type { Policy, Reading, ServiceRecord, Snapshot } from "../../snapshot/snapshot.ts";
import type { AccountPlan, RowPlan } from "./stack-plan.ts";

/** A service or job in a region. */
type Target = Pick<RowPlan, "kind" | "name" | "project" | "region">;

/** What is there at Google, as far as somebody looked: undefined means that nobody did, or was refused. */
export interface Existing {
  readonly hasAccount: (account: Pick<AccountPlan, "email" | "project">) => boolean | undefined;
  /** Whether the service or job of a row is deployed in its region. */
  readonly hasTarget: (row: Target) => boolean | undefined;
  /** Whether a member has the role of a row, without a condition. */
  readonly hasMember: (row: Target & Pick<RowPlan, "role">, principal: string) => boolean | undefined;
}

/** What a snapshot shows to be there. Where it shows only a part, what it does not show may be there all the same. */
export function existingIn({ projects, accounts }: Pick<Snapshot, "accounts" | "projects">): Existing {
  const records = new Map(projects.map((record) => [record.project, record]));
  const known = new Map(
    accounts.flatMap(({ email, details }) => ("value" in details ? [[email, details.value !== null] as const] : [])),
  );
  const listed = new Map(
    projects.map((record) => [record.project, lookUp(record.accounts, (email) => [email.toLowerCase(), true])]),
  );
  const lists = {
    service: new Map(projects.map((record) => [record.project, lookUp(record.services, byPlace)])),
    job: new Map(projects.map((record) => [record.project, lookUp(record.jobs, byPlace)])),
  };
  const find = ({ kind, project, region, name }: Target): ServiceRecord | null | undefined =>
    records.has(project) ? lists[kind].get(project)?.(`${region}/${name}`) : undefined;
  return {
    hasAccount: ({ project, email }) => {
      const found = known.get(email.toLowerCase()) ?? listed.get(project)?.(email.toLowerCase());
      return found === null ? false : found;
    },
    hasTarget: (row) => {
      const found = find(row);
      return found === undefined ? undefined : found !== null;
    },
    hasMember: (row, principal) => {
      const found = find(row);
      return found === undefined || found === null
        ? found === null
          ? false
          : undefined
        : holds(found.policy, row.role, principal);
    },
  };
}

/** A function that finds something in a list: null where it is not there, undefined where that cannot be told. */
function lookUp<T, V>(
  reading: Reading<readonly T[]>,
  entryOf: (item: T) => readonly [string, V],
): (key: string) => V | null | undefined {
  if (!("value" in reading)) return () => undefined;
  const entries = new Map(reading.value.map(entryOf));
  const missing = reading.status === "read" ? null : undefined;
  return (key) => entries.get(key) ?? missing;
}

function byPlace(record: ServiceRecord): readonly [string, ServiceRecord] {
  return [`${record.region}/${record.name}`, record];
}

function holds(policy: Reading<Policy>, role: string, principal: string): boolean | undefined {
  if (!("value" in policy)) return undefined;
  const wanted = parseMember(principal).principal;
  const isThere = policy.value.bindings.some(
    (binding) =>
      binding.role === role &&
      binding.condition === undefined &&
      binding.members.some((member) => parseMember(member).principal === wanted),
  );
  return isThere || policy.status === "read" ? isThere : undefined;
}
