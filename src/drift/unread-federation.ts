import type { Unread } from "../access/access.ts";
import type { Reading, Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { compareText } from "../words/compare-text.ts";
import type { DeclaredFederation } from "./declared-federation.ts";
import { liveFederation } from "./live-federation.ts";

/**
 * What was not read, with what declared outsiders need beside: the policies of their accounts, wherever these live, and
 * all of their providers. Whatever a matrix says of outsiders is not known to hold without it, so it is inside the scope.
 */
export function withUnreadFederation(
  unread: readonly Unread[],
  { outsiders, pools }: DeclaredFederation,
  snapshot: Snapshot,
): readonly Unread[] {
  if (outsiders.length === 0) return unread;
  const gaps = new Map(unread.map((gap) => [`${gap.resource}\n${gap.what}`, gap]));
  const note = (what: string, resource: string, reading: Reading<unknown> | undefined): void => {
    if (reading?.status === "read") return;
    const key = `${resource}\n${what}`;
    const { status = "missing", reason = "the snapshot has no record of it" } = reading ?? {};
    gaps.set(key, { what, resource, status, reason, services: [], ...gaps.get(key), inScope: true });
  };
  const accounts = new Map(snapshot.accounts.map((account) => [account.email, account]));
  for (const { email } of outsiders) {
    const account = accounts.get(email);
    if (account === undefined || valueOf(account.details) === undefined)
      note("service account", email, account?.details);
    // Nobody acts as an account that does not exist.
    if (account === undefined || valueOf(account.details) !== null)
      note("IAM policy of the account", email, account?.policy);
  }
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
  return [...gaps.values()].sort((a, b) => compareText(a.resource, b.resource) || compareText(a.what, b.what));
}
