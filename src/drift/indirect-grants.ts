import type { Hop, Row } from "../access/access.ts";
import type { DriftContext } from "./drift-context.ts";
import { grantIdentity } from "./grant-findings.ts";

/** A grant with which somebody's way to a service begins. */
export interface IndirectGrant {
  readonly hop: Hop;
  readonly principal: string;
  readonly rows: readonly Row[];
  /** What it leads to, by the names of findings, sorted. */
  readonly services: readonly string[];
}

/** The first steps of all indirect ways to sensitive services (or to any, where that was asked), but for inherited ones. */
export function indirectGrants(context: DriftContext): readonly IndirectGrant[] {
  const grants = new Map<
    string,
    { readonly hop: Hop; readonly principal: string; readonly rows: Row[]; readonly services: Set<string> }
  >();
  for (const { service, declared, name } of context.live) {
    if (!context.indirect && (declared === undefined || !context.isSensitive(declared.key))) continue;
    for (const row of context.rowsOf(service)) {
      const [path] = row.paths;
      const hop = path?.hops[0];
      if (row.ring !== "indirect" || path === undefined || hop === undefined) continue;
      if (context.standingOf(row, path).kind === "inherited") continue;
      const key = JSON.stringify([row.principal, hop.kind, ...grantIdentity(hop)]);
      const found = grants.get(key);
      if (found === undefined)
        grants.set(key, { hop, principal: row.principal, rows: [row], services: new Set([name]) });
      else {
        found.rows.push(row);
        found.services.add(name);
      }
    }
  }
  return [...grants.values()].map((grant) => ({ ...grant, services: [...grant.services].sort() }));
}
