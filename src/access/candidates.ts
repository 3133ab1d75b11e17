import type { Policy } from "../snapshot/snapshot.ts";
import type { Hop, OddGrant, Path } from "./access.ts";
import { type Grant, type GrantReader, mayCall, type PolicyPlace, weaker } from "./grants.ts";
import type { LiveIndex } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";

/** A principal with the paths by which it holds a permission, before denial. */
export interface Candidate {
  readonly member: Member;
  readonly paths: readonly Path[];
  /** Whether one of the paths is a binding of its own; else the sets it comes through. */
  readonly isLiteral: boolean;
  readonly through: readonly string[];
}

/** Who holds a permission by some policies. */
export interface Holders {
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** Grants to sets that are not counted out: everybody, a domain, the accounts below a container. */
  readonly open: readonly Grant[];
  readonly odd: readonly Omit<OddGrant, "services">[];
  readonly unknownRoles: ReadonlySet<string>;
  /** Projects whose basic roles matter and whose policy was not read. */
  readonly unreadProjects: ReadonlySet<string>;
}

interface Building {
  readonly member: Member;
  readonly paths: Path[];
  isLiteral: boolean;
  readonly through: string[];
}

/** Counts out who holds a permission by one policy: the members themselves and, where they are known, those within sets. */
export class CandidateReader {
  readonly #index: LiveIndex;
  readonly #grants: GrantReader;

  constructor(index: LiveIndex, grants: GrantReader) {
    this.#index = index;
    this.#grants = grants;
  }

  holdersIn(policy: Policy, place: PolicyPlace, permission: string): Holders {
    const { grants, odd, unknownRoles } = this.#grants.grantsIn(policy, place, permission);
    const building = new Map<string, Building>();
    const open: Grant[] = [];
    const unreadProjects = new Set<string>();
    for (const grant of grants) {
      const { member, hop, allow, managed } = grant;
      add(building, member, { hops: [hop], allow, managed }, undefined);
      if (member.kind === "group") this.#expandGroup(building, grant, member.email, [hop], allow);
      else if (member.kind === "convenience") {
        if (!this.#expandBasicRole(building, grant, member.role, member.project, permission))
          unreadProjects.add(`projects/${member.project}`);
      } else if (member.kind === "accounts-below") {
        open.push(grant);
        this.#expandAccounts(building, grant, member.container);
      } else if (member.kind === "allUsers" || member.kind === "allAuthenticatedUsers" || member.kind === "domain") {
        open.push(grant);
      }
    }
    return { candidates: building, open, odd, unknownRoles, unreadProjects };
  }

  #expandGroup(
    into: Map<string, Building>,
    grant: Grant,
    email: string,
    before: readonly Hop[],
    allow: Path["allow"],
  ): void {
    const group = `group:${email}`;
    for (const written of this.#index.groupMembersAsWritten(email)) {
      const member = parseMember(written);
      // Groups within are counted out already; what cannot present a token gains nothing by a group.
      if (member.kind !== "user" && member.kind !== "serviceAccount" && member.kind !== "other") continue;
      const hop: Hop = {
        kind: "group",
        level: grant.hop.level,
        resource: group,
        role: null,
        member: written,
        condition: null,
      };
      add(into, member, { hops: [...before, hop], allow, managed: false }, grant.member.principal);
    }
  }

  /** Whether the project's policy is wholly known. docs: /iam/docs/principals-overview, convenience values */
  #expandBasicRole(
    into: Map<string, Building>,
    grant: Grant,
    role: string,
    project: string,
    permission: string,
  ): boolean {
    const resource = `projects/${project}`;
    const policy = this.#index.policyOf(resource);
    if (policy === undefined) return false;
    for (const held of this.#grants.holdersOfRole(policy, role)) {
      if (!mayCall(held.member, permission)) continue;
      const hop: Hop = {
        kind: "convenience",
        level: "project",
        resource,
        role,
        member: held.written,
        condition: held.condition,
      };
      const allow = weaker(grant.allow, held.allow);
      add(into, held.member, { hops: [grant.hop, hop], allow, managed: false }, grant.member.principal);
      if (held.member.kind === "group") this.#expandGroup(into, grant, held.member.email, [grant.hop, hop], allow);
    }
    return this.#index.containers.get(resource)?.policy.status === "read";
  }

  /** Not all of them, which may be thousands: those that something runs as. Others are found where they have a row. */
  #expandAccounts(into: Map<string, Building>, grant: Grant, container: string): void {
    for (const email of this.#index.accountsBelow(container).emails) {
      if (!this.#index.runtimeAccounts.has(email)) continue;
      const member = parseMember(`serviceAccount:${email}`);
      add(into, member, throughSet(grant, member), grant.member.principal);
    }
  }
}

/** The path of a member of a set that a grant names. */
export function throughSet({ hop, member: set, allow }: Grant, member: Member): Path {
  const within: Hop = {
    kind: "set",
    level: hop.level,
    resource: hop.member ?? set.principal,
    role: null,
    member: member.principal,
    condition: null,
  };
  return { hops: [hop, within], allow, managed: false };
}

function add(into: Map<string, Building>, member: Member, path: Path, through: string | undefined): void {
  let candidate = into.get(member.principal);
  if (candidate === undefined) {
    candidate = { member, paths: [], isLiteral: false, through: [] };
    into.set(member.principal, candidate);
  }
  candidate.paths.push(path);
  if (through === undefined) candidate.isLiteral = true;
  else candidate.through.push(through);
}
