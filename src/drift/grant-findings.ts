import type { Hop, Path, Row } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import type { DriftContext, Live, Standing } from "./drift-context.ts";

/** One grant, and where it opens what the matrix does not say. */
export interface OpenGrant {
  readonly hop: Hop;
  /** The principal of the grant, as rows write it. */
  readonly principal: string;
  /** Where it opens a service to somebody who is not declared there. */
  readonly undeclared: readonly GrantAt[];
  /** Where whoever it opens the service to is declared there in another way. */
  readonly beside: readonly GrantAt[];
}

export interface GrantAt {
  readonly live: Live;
  readonly row: Row;
  readonly path: Path;
}

const covered: ReadonlySet<Standing["kind"]> = new Set(["declared", "within", "inherited", "managed"]);

/** Whether a way in needs no further words. */
export function isCovered({ kind }: Standing): boolean {
  return covered.has(kind);
}

const gathered = new WeakMap<DriftContext, readonly OpenGrant[]>();

/**
 * Every grant by which somebody can invoke a service, or pass Identity-Aware Proxy, beside what the matrix declares.
 * One entry for each grant, however many services it opens; a set and those within it share the set's.
 */
export function openGrants(context: DriftContext): readonly OpenGrant[] {
  let grants = gathered.get(context);
  if (grants === undefined) gathered.set(context, (grants = gather(context)));
  return grants;
}

interface Gathering {
  readonly hop: Hop;
  readonly principal: string;
  readonly undeclared: GrantAt[];
  readonly beside: GrantAt[];
}

function gather(context: DriftContext): readonly OpenGrant[] {
  const grants = new Map<string, Gathering>();
  // Paths of inherited grants are shared by the services below, and so are their texts.
  const keys = new WeakMap<Hop, string>();
  for (const live of context.live) {
    for (const row of context.rowsOf(live.service)) {
      if (row.verdict === "denied" || row.ring === "indirect") continue;
      const standings = row.paths.map((path) => context.standingOf(row, path));
      const isDeclared = standings.some(({ kind }) => kind === "declared");
      row.paths.forEach((path, at) => {
        const [hop] = path.hops;
        const standing = standings[at];
        if (hop === undefined || standing === undefined || isCovered(standing)) return;
        let key = keys.get(hop);
        if (key === undefined) keys.set(hop, (key = grantKey(hop)));
        let grant = grants.get(key);
        if (grant === undefined) {
          grant = { hop, principal: parseMember(hop.member ?? "").principal, undeclared: [], beside: [] };
          grants.set(key, grant);
        }
        (isDeclared ? grant.beside : grant.undeclared).push({ live, row, path });
      });
    }
  }
  return [...grants.values()];
}

/** What makes a grant this one: its place, role, member and condition. */
export function grantIdentity({ level, resource, role, member, condition }: Hop): readonly (string | null)[] {
  return [level, resource, role, member, condition];
}

function grantKey(hop: Hop): string {
  return JSON.stringify([hop.kind, ...grantIdentity(hop)]);
}

/** The services of some places, each once, sorted. */
export function servicesAt(places: readonly GrantAt[]): readonly string[] {
  return [...new Set(places.map(({ live }) => live.name))].sort();
}

/** The different paths at some places, at most so many as a person reads. */
export function pathsAt(places: readonly GrantAt[], hop: Hop): readonly Path[] {
  const own = places.find(({ path }) => path.hops.length === 1);
  const paths = own === undefined ? places.map(({ path }) => path) : [own.path];
  const [first] = paths;
  return first === undefined ? [{ hops: [hop], allow: "unknown", managed: false }] : [first];
}
