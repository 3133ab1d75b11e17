import type { Unread } from "../access/access.ts";
import { accountHome } from "../access/account-project.ts";
import type { Project } from "../matrix/model/environment.ts";
import type { World } from "../matrix/model/world.ts";
import type { Container, Reading, Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { compareText } from "../words/compare-text.ts";
import type { DeclaredFederation } from "./declared-federation.ts";
import { liveFederation } from "./live-federation.ts";

type Note = (what: string, resource: string, reading: Reading<unknown> | undefined) => void;

/**
 * What was not read, with what declared outsiders need beside: the policies of their accounts and of the projects of
 * these, wherever they live, and all of their providers. Whatever a matrix says of outsiders is not known to hold
 * without it, so it is inside the scope. So is a project whose number is another one than the matrix says.
 */
export function withUnreadFederation(
  unread: readonly Unread[],
  federation: DeclaredFederation,
  snapshot: Snapshot,
  { environment }: World,
): readonly Unread[] {
  const gaps = new Map(unread.map((gap) => [`${gap.resource}\n${gap.what}`, gap]));
  const note: Note = (what, resource, reading) => {
    if (reading?.status === "read") return;
    const key = `${resource}\n${what}`;
    const { status = "missing", reason = "the snapshot has no record of it" } = reading ?? {};
    gaps.set(key, { what, resource, status, reason, services: [], ...gaps.get(key), inScope: true });
  };
  noteNumbers(environment.projects, snapshot, note);
  noteAccounts(federation, environment.projects, snapshot, note);
  noteProviders(federation, snapshot, note);
  return [...gaps.values()].sort((a, b) => compareText(a.resource, b.resource) || compareText(a.what, b.what));
}

/** Members of pools hold the number of their project: under another one nothing that is declared is what is live. */
function noteNumbers(projects: readonly Project[], { containers }: Snapshot, note: Note): void {
  const live = new Map(containers.map(({ resource, details }) => [resource, valueOf(details)?.number]));
  for (const { id, number } of projects) {
    const found = live.get(`projects/${id}`);
    if (number === undefined || found === undefined || number === found) continue;
    const reason = `the matrix gives it the number ${number}, and its number is ${found}: correct number in the matrix`;
    note("what the matrix declares by its number", `projects/${id}`, { status: "failed", reason });
  }
}

function noteAccounts(
  { outsiders }: DeclaredFederation,
  projects: readonly Project[],
  snapshot: Snapshot,
  note: Note,
): void {
  const accounts = new Map(snapshot.accounts.map((account) => [account.email, account]));
  const listed = new Set(
    snapshot.projects.flatMap(({ accounts: emails }) => (valueOf(emails) ?? []).map((email) => email.toLowerCase())),
  );
  for (const { email } of outsiders) {
    const account = accounts.get(email);
    if (account === undefined || valueOf(account.details) === undefined)
      note("service account", email, account?.details);
    // Nobody acts as an account that does not exist.
    if (account !== undefined && valueOf(account.details) === null) continue;
    note("IAM policy of the account", email, account?.policy);
    const home = accountHome(email);
    // Of the projects of the environment everything is asked for anyhow; of others this alone.
    const isRead = snapshot.projects.some(({ project }) => project === home);
    if (listed.has(email) || isRead || projects.some(({ id, number }) => id === home || number === home)) continue;
    note("keys", email, account?.keys);
    const container = home === undefined ? undefined : containerOf(home, snapshot);
    note("IAM policy", `projects/${home ?? `of ${email}`}`, container?.policy);
    note("place in the hierarchy", `projects/${home ?? `of ${email}`}`, container?.details);
  }
}

function noteProviders({ pools }: DeclaredFederation, snapshot: Snapshot, note: Note): void {
  const { poolOf, providerOf } = liveFederation(snapshot);
  for (const { pool, name, providers } of pools) {
    const live = name === undefined ? "unread" : poolOf(pool.project.id, name);
    // A pool that was not read is listed with its project.
    if (typeof live === "string") continue;
    for (const { name: provider = "" } of providers) {
      const record = providerOf(live, provider);
      if (typeof record === "string" || !record.active) continue;
      const { mapping, audiences, jwks } = record;
      if (mapping === undefined || audiences === undefined || jwks === undefined)
        note("mapping, audiences and keys", provider, undefined);
    }
  }
}

/** A project by its id or its number. */
export function containerOf(project: string, { containers }: Pick<Snapshot, "containers">): Container | undefined {
  return containers.find(
    ({ resource, details }) =>
      resource === `projects/${project}` || (resource.startsWith("projects/") && valueOf(details)?.number === project),
  );
}
