import type { Binding, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { pathOf, type Synthesized } from "../synth/read-synthesized.ts";

// What the first plan must be, read from the policies of a snapshot, with no code of the program that adopts.

/** `PATH ROLE MEMBER MEMBER…`, sorted: every row that Terraform can hold exactly as it is. */
export function heldRows(snapshot: Snapshot): readonly string[] {
  return rowsOf(snapshot)
    .flatMap(({ path, row }) => (row === undefined ? [] : [[path, ...row].join(" ")]))
    .sort();
}

interface FoundRow {
  readonly path: string;
  readonly project: string;
  readonly account: string | undefined;
  readonly row: readonly string[] | undefined;
}

function rowsOf({ containers, projects }: Snapshot): readonly FoundRow[] {
  const numbers = new Map(
    containers.map(({ resource, details }) => [resource, "value" in details ? details.value?.number : undefined]),
  );
  return projects.flatMap(({ project, services, jobs }) =>
    [services, jobs].flatMap((reading) =>
      ("value" in reading ? reading.value : []).map((record) => {
        const { region, name, account } = record;
        const kind = record.kind === "job" ? ("job" as const) : ("service" as const);
        const agent = `service-${numbers.get(`projects/${project}`)}@gcp-sa-iap.iam.gserviceaccount.com`;
        const row = heldRow(record, `serviceAccount:${agent}`);
        return { path: pathOf({ kind, project, region, name }), project, account: account ?? undefined, row };
      }),
    ),
  );
}

/** The role and members of a row; nothing where Terraform could not hold it, or the language has no name for it. */
function heldRow(record: ServiceRecord, agent: string): readonly string[] | undefined {
  if (record.policy.status !== "read" || record.name.length > (record.kind === "job" ? 63 : 49)) return undefined;
  const { bindings } = record.policy.value;
  if (bindings.some(({ role, condition }) => condition !== undefined || role.includes("_withcond_"))) return undefined;
  const usual = inRole(bindings, "roles/run.invoker");
  const narrow = record.kind === "job" ? "roles/run.jobsExecutor" : "roles/run.servicesInvoker";
  const other = inRole(bindings, narrow);
  const [role, members] = usual.length === 0 && other.length > 0 ? [narrow, other] : ["roles/run.invoker", usual];
  const isOpen = record.kind !== "job" && !record.invokerCheckDisabled;
  const isSayable = members.every(
    (member) => /^(serviceAccount|user|group):[^?:]+@[^?:]+$/.test(member) || (isOpen && member === "allUsers"),
  );
  const isReached = !record.iapEnabled || members.includes(agent);
  return isSayable && isReached ? [role, ...members] : undefined;
}

/** Terraform compares addresses without their case. docs: provider, iam `caseDiffSuppress` */
function inRole(bindings: readonly Binding[], role: string): readonly string[] {
  const members = bindings.filter((binding) => binding.role === role).flatMap((binding) => binding.members);
  return [...new Set(members.map(plain))].sort();
}

function plain(member: string): string {
  return member === "allUsers" ? member : member.toLowerCase().replace("serviceaccount:", "serviceAccount:");
}

/** The same of the rows that were synthesized. */
export function writtenRows({ rows }: Synthesized): readonly string[] {
  return rows.map((row) => [pathOf(row), row.role, ...row.members.map(plain).sort()].join(" ")).sort();
}

/** Accounts that exist, and that something in their own project runs as whose row Terraform holds. */
export function heldAccounts(snapshot: Snapshot): readonly string[] {
  const existing = new Set(
    snapshot.accounts.flatMap(({ email, details }) =>
      details.status === "read" && details.value !== null ? [email] : [],
    ),
  );
  const used = rowsOf(snapshot).flatMap(({ row, project, account }) =>
    row !== undefined && account?.endsWith(`@${project}.iam.gserviceaccount.com`) === true ? [account] : [],
  );
  return [...new Set(used)].filter((email) => existing.has(email)).sort();
}

/** Whether something in it was not read: by the words alone, wherever they stand. Members of groups were not asked for. */
export function isClosed({ containers, projects, roles }: Snapshot): boolean {
  // When an account was used last, and its keys, say nothing about who may call.
  return /"status":"(denied|failed|partial)"/.test(JSON.stringify([containers, projects, roles]));
}
