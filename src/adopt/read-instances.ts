import { calleeKinds } from "../callees/registry.ts";
import { isBehindIap, isCheckOff } from "../access/doors.ts";
import type { LiveService } from "../access/access.ts";
import { listServices } from "../access/evaluate-access.ts";
import { parseMember } from "../access/member.ts";
import { iapAgent } from "../access/service-agents.ts";
import { IAP_ROLE } from "../drift/drift-context.ts";
import type { InvokerRole } from "../matrix/schema/generated/document.ts";
import type { Binding, ServiceRecord, Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { Instance } from "./instance.ts";

/** What runs in a snapshot, in the words of the language and in its one order; and what the language has no name for. */
export function readInstances(
  snapshot: Snapshot,
  elsewhere: Elsewhere,
): { readonly instances: readonly Instance[]; readonly unsayable: readonly string[] } {
  const numbers = new Map(
    snapshot.containers.map(({ resource, details }) => [resource, valueOf(details)?.number] as const),
  );
  const services = listServices(snapshot);
  return {
    instances: services
      .filter(isSayable)
      .map((service) => readInstance(service, numbers.get(`projects/${service.project}`), elsewhere)),
    unsayable: services.filter((service) => !isSayable(service)).map(({ resource }) => resource),
  };
}

/** What the language takes (schemas/matrix.schema.json: `cloudRunName`, `region`, `projectId`). */
function isSayable({ project, record: { kind, name, region } }: LiveService): boolean {
  return (
    name.length <= calleeKinds[kind].longestName &&
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) &&
    /^[a-z]+-[a-z]+[0-9]+$/.test(region) &&
    isProjectId(project)
  );
}

export function isProjectId(text: string): boolean {
  return /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(text);
}

function readInstance(service: LiveService, number: string | undefined, elsewhere: Elsewhere): Instance {
  const { record, resource, project } = service;
  const bindings = valueOf(record.policy)?.bindings ?? [];
  const role = roleOf(record, bindings);
  const row = bindings.filter((binding) => binding.role === role && binding.condition === undefined);
  const written = [...new Set(row.flatMap(({ members }) => members))];
  const isOpen = isCheckOff(record);
  const agent = number === undefined ? undefined : `serviceAccount:${iapAgent(number)}`;
  // The agent stands in the row by itself where the matrix says iap, which needs the project's number.
  const iap = isBehindIap(record) && agent !== undefined;
  const everybody = written.includes("allUsers");
  const members = written.filter((member) => canCall(member) && !(iap && principalOf(member) === agent));
  return {
    resource,
    project,
    region: record.region,
    name: record.name,
    kind: record.kind,
    labels: record.labels ?? {},
    account: service.account,
    ingress: record.ingress,
    open: isOpen ? "no-invoker-check" : everybody && calleeKinds[record.kind].takesRequests ? "allUsers" : undefined,
    iap,
    role,
    members: principals(members),
    throughIap: iap ? passing(record, new Set(members.map(principalOf))) : [],
    isWhole: isReadInWhole(record, agent),
    obstacles: [
      ...obstaclesIn(record, bindings, { written, isOpen, isIapWithoutAgent: isWithoutAgent(record, agent, written) }),
    ],
    rowElsewhere: elsewhere.rowOwners(resource, role),
    accountElsewhere: service.account === undefined ? [] : elsewhere.accountOwners(service.account),
  };
}

function isReadInWhole(record: ServiceRecord, agent: string | undefined): boolean {
  const { policy, iap } = record;
  return policy.status === "read" && (!isBehindIap(record) || (agent !== undefined && iap?.policy.status === "read"));
}

function isWithoutAgent(record: ServiceRecord, agent: string | undefined, written: readonly string[]): boolean {
  return isBehindIap(record) && (agent === undefined || !written.map(principalOf).includes(agent));
}

/** The role that a service's callers hold: the usual one, unless only the other of its kind has members. */
function roleOf({ kind }: ServiceRecord, bindings: readonly Binding[]): InvokerRole {
  const other = calleeKinds[kind].roles.narrow;
  const has = (wanted: string): boolean =>
    bindings.some(({ role, members, condition }) => role === wanted && members.length > 0 && condition === undefined);
  return !has("roles/run.invoker") && has(other) ? other : "roles/run.invoker";
}

function principalOf(member: string): string {
  return parseMember(member).principal;
}

function principals(members: readonly string[]): readonly string[] {
  return [...new Set(members.map(principalOf))].sort();
}

/** Whether the language has a caller for a member: accounts, people and groups. */
function canCall(member: string): boolean {
  const parsed = parseMember(member);
  return (
    (parsed.kind === "serviceAccount" || parsed.kind === "user" || parsed.kind === "group") && isEmail(parsed.email)
  );
}

/** What the language takes for an address (schemas/matrix.schema.json, `email`). */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);
}

/** One pair of caller and callee has one edge: who stands in the row already is declared there. */
function passing({ iap }: ServiceRecord, row: ReadonlySet<string>): readonly string[] {
  const holders = (valueOf(iap?.policy)?.bindings ?? [])
    .filter(({ role, condition }) => role === IAP_ROLE && condition === undefined)
    .flatMap(({ members }) => members.filter(canCall));
  return principals(holders).filter((principal) => !row.has(principal));
}

interface RowFacts {
  readonly written: readonly string[];
  readonly isOpen: boolean;
  readonly isIapWithoutAgent: boolean;
}

/**
 * What keeps an authoritative binding from being imported with exactly the members that are there.
 * Sources: provider 6.50, tpgiamresource/iam.go (reads policies below version 3) and resource_iam_member.go
 * (validateIAMMember refuses `deleted:`).
 */
function* obstaclesIn(
  { kind, policy }: ServiceRecord,
  bindings: readonly Binding[],
  { written, isOpen, isIapWithoutAgent }: RowFacts,
): Iterable<string> {
  if (policy.status !== "read") yield "its policy was not read in whole";
  if (bindings.some(({ condition }) => condition !== undefined))
    yield "its policy has a condition, which the provider cannot read";
  if (bindings.some(({ role }) => /_withcond_/.test(role))) yield "its policy was read without its conditions";
  const foreign = written.filter(
    (member) => !canCall(member) && !(member === "allUsers" && calleeKinds[kind].takesRequests),
  );
  for (const member of foreign.sort()) yield `its row holds ${member}, which no caller of a matrix can be`;
  if (isOpen && written.includes("allUsers")) yield "its invoker check is off, and its row holds allUsers as well";
  if (isIapWithoutAgent) yield "Identity-Aware Proxy is on, and its agent is not in the row";
}
