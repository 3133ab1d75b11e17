import { isCheckOff } from "./doors.ts";
import { calleeKinds } from "../callees/registry.ts";
import type { Policy, Reading, ServiceRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import type { Hop, LiveService, OddGrant, Path, Ring, Row, Verdict } from "./access.ts";
import { type Candidate, CandidateReader, type Holders, throughSet } from "./candidates.ts";
import type { DenyReader } from "./deny.ts";
import { type Allow, type Grant, type GrantReader, type PolicyPlace, strongest } from "./grants.ts";
import { type LiveIndex } from "./live-index.ts";
import { permissions } from "./permissions.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { iapAgent } from "./service-agents.ts";

/** A policy that decides about a service, as it was read. */
export interface PlacedPolicy {
  readonly place: PolicyPlace;
  /** Undefined where nobody asked. */
  readonly policy: Reading<Policy> | undefined;
}

/** The rows of one ring at one service, and what else its policies show. */
export interface ServiceRows {
  readonly rows: readonly Row[];
  readonly odd: readonly Omit<OddGrant, "services">[];
  /** Role → the policies above or at the service that name it, where it is not known what it carries. */
  readonly unknownRoles: readonly { readonly role: string; readonly resource: string }[];
  readonly unreadProjects: readonly string[];
}

/** Judges who holds a permission at a service: by its own policies, and by those above, which are read once for all. */
export class RowReader {
  readonly #index: LiveIndex;
  readonly #candidates: CandidateReader;
  readonly #deny: DenyReader;
  readonly #known = new Map<string, Holders>();
  readonly #inherited = new Map<string, Inherited>();

  constructor(index: LiveIndex, grants: GrantReader, deny: DenyReader) {
    this.#index = index;
    this.#candidates = new CandidateReader(index, grants);
    this.#deny = deny;
  }

  /** Who may invoke (ring `direct`), or pass Identity-Aware Proxy (ring `iap`). */
  rowsOf(service: LiveService, ring: Exclude<Ring, "indirect">): ServiceRows {
    const permission = permissionOf(service.record, ring);
    const own = ownPolicies(service, ring, this.#index).flatMap(({ policy, place }) => {
      const value = valueOf(policy);
      return value === undefined ? [] : [{ place, holders: this.#candidates.holdersIn(value, place, permission) }];
    });
    const inherited = this.#inheritedBy(service.project, permission);
    const all = [...own, ...inherited.sources];
    const merged = merge([...own.map(({ holders }) => holders.candidates), inherited.candidates]);
    const open = all.flatMap(({ holders }) => holders.open);
    const found = [...merged.values()].map((candidate) => widen(candidate, open, this.#index));
    return {
      rows: this.#judge(service, ring, permission, found),
      odd: all.flatMap(({ holders }) => holders.odd),
      unknownRoles: all.flatMap(({ place, holders }) =>
        [...holders.unknownRoles].map((role) => ({ role, resource: place.resource })),
      ),
      unreadProjects: all.flatMap(({ holders }) => [...holders.unreadProjects]),
    };
  }

  #inheritedBy(project: string, permission: string): Inherited {
    const key = `${project} ${permission}`;
    let inherited = this.#inherited.get(key);
    if (inherited === undefined) {
      const sources = this.#index.ancestorsOf(project).flatMap(({ level, resource, container }) => {
        const policy = valueOf(container?.policy);
        if (policy === undefined) return [];
        const place = { level, resource, number: this.#index.numberOf(resource) };
        const known = `${resource} ${permission}`;
        let holders = this.#known.get(known);
        if (holders === undefined) {
          this.#known.set(known, (holders = this.#candidates.holdersIn(policy, place, permission)));
        }
        return [{ place, holders }];
      });
      inherited = { sources, candidates: merge(sources.map(({ holders }) => holders.candidates)) };
      this.#inherited.set(key, inherited);
    }
    return inherited;
  }

  #judge(service: LiveService, ring: Ring, permission: string, candidates: readonly Candidate[]): readonly Row[] {
    const isOpen = ring === "direct" && isCheckOff(service.record);
    const rows = candidates
      .filter(({ member }) => !isOpen || member.kind !== "allUsers")
      .map((candidate) => this.#row(service, ring, permission, candidate));
    if (isOpen) {
      const everybody = candidates.find(({ member }) => member.kind === "allUsers");
      rows.push(openRow(service, everybody?.paths ?? []));
    }
    return rows.sort((a, b) => compareText(a.principal, b.principal));
  }

  #row(service: LiveService, ring: Ring, permission: string, { member, paths, isLiteral, through }: Candidate): Row {
    const { deny, unread } = this.#deny.denialOf(service.project, permission, member);
    const verdict = verdictOf(strongest(paths.map(({ allow }) => allow)) ?? "unknown", deny);
    return {
      service,
      ring,
      principal: member.principal,
      verdict,
      denyUnread: unread && verdict !== "denied",
      through: isLiteral ? null : ([...through].sort()[0] ?? null),
      paths: sortPaths(paths),
      managed: paths.every(({ managed }) => managed),
    };
  }
}

/** What a project passes on to all of its services. */
interface Inherited {
  readonly sources: readonly { readonly place: PolicyPlace; readonly holders: Holders }[];
  readonly candidates: ReadonlyMap<string, Candidate>;
}

export function permissionOf({ kind }: ServiceRecord, ring: Exclude<Ring, "indirect">): string {
  if (ring === "iap") return permissions.passIap;
  return calleeKinds[kind].permission;
}

/** The policies below the project that decide about a service, nearest first. */
export function ownPolicies(
  { project, resource, record }: LiveService,
  ring: Exclude<Ring, "indirect">,
  index: LiveIndex,
): readonly PlacedPolicy[] {
  const number = index.numberOf(`projects/${project}`);
  if (ring === "direct") return [{ place: { level: "service", resource, number }, policy: record.policy }];
  const own = record.iap === null ? [] : [record.iap];
  const above = index.projects.get(project)?.iap ?? [];
  const region = `/iap_web/cloud_run-${record.region}`;
  return [
    ...own,
    ...above.filter(({ resource: at }) => at.endsWith(region)),
    ...above.filter(({ resource: at }) => at.endsWith("/iap_web")),
  ].map((each) => ({ place: { level: "iap", resource: each.resource, number }, policy: each.policy }));
}

function verdictOf(allow: Allow, deny: "certain" | "possible" | "none"): Verdict {
  if (deny === "certain") return "denied";
  return allow === "allowed" && deny === "possible" ? "conditional" : allow;
}

/** With its invoker check off, a service asks nobody for anything: neither allow nor deny policies matter. */
function openRow(service: LiveService, paths: readonly Path[]): Row {
  const hop: Hop = {
    kind: "invoker-check",
    level: "service",
    resource: service.resource,
    role: null,
    member: "allUsers",
    condition: null,
  };
  return {
    service,
    ring: "direct",
    principal: "allUsers",
    verdict: "allowed",
    denyUnread: false,
    through: null,
    paths: sortPaths([{ hops: [hop], allow: "allowed", managed: false }, ...paths]),
    managed: false,
  };
}

function merge(parts: readonly ReadonlyMap<string, Candidate>[]): ReadonlyMap<string, Candidate> {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const merged = new Map<string, Candidate>();
  for (const [principal, candidate] of parts.flatMap((part) => [...part])) {
    const before = merged.get(principal);
    merged.set(
      principal,
      before === undefined
        ? candidate
        : {
            member: candidate.member,
            paths: [...before.paths, ...candidate.paths],
            isLiteral: before.isLiteral || candidate.isLiteral,
            through: [...before.through, ...candidate.through],
          },
    );
  }
  return merged;
}

/** Adds the paths through sets that hold a principal and do not count their members out. */
function widen(candidate: Candidate, open: readonly Grant[], index: LiveIndex): Candidate {
  const { member, paths } = candidate;
  const sets = open.filter((grant) => {
    if (!index.contains(grant.member, member)) return false;
    // Accounts that something runs as are counted out already.
    return grant.member.kind !== "accounts-below" || !("email" in member) || !index.runtimeAccounts.has(member.email);
  });
  if (sets.length === 0) return candidate;
  const added = sets.map((grant) => throughSet(grant, member));
  return {
    ...candidate,
    paths: [...paths, ...added],
    through: [...candidate.through, ...sets.map(({ member: set }) => set.principal)],
  };
}

function sortPaths(paths: readonly Path[]): readonly Path[] {
  if (paths.length === 1) return paths;
  const texts = new Map(paths.map((path) => [path, JSON.stringify(path.hops)]));
  const text = (path: Path): string => texts.get(path) ?? "";
  const sorted = [...paths].sort((a, b) => a.hops.length - b.hops.length || compareText(text(a), text(b)));
  return sorted.filter((path, at) => at === 0 || text(path) !== text(sorted[at - 1] as Path));
}

/** Behind Identity-Aware Proxy, whoever may invoke and is not known to pass it gets in only on a condition. */
export function behindIap(
  direct: readonly Row[],
  iap: readonly Row[],
  service: LiveService,
  index: LiveIndex,
): readonly Row[] {
  const passing = new Set(iap.filter(({ verdict }) => verdict === "allowed").map(({ principal }) => principal));
  const agent = `serviceAccount:${iapAgent(index.numberOf(`projects/${service.project}`) ?? "?")}`;
  return direct.map((row) => {
    const isThrough = row.principal === agent || passing.has(row.principal);
    const isOpen = row.paths.some(({ hops }) => hops[0]?.kind === "invoker-check");
    return row.verdict !== "allowed" || isThrough || isOpen ? row : { ...row, verdict: "conditional" };
  });
}
