import type { Snapshot } from "../snapshot/snapshot.ts";
import { type Allow, type GrantReader, isAsStrong } from "./grants.ts";
import { type LiveIndex } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";
import { isServiceAgent } from "./service-agents.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** A service account within a set, and how surely it is in it. */
interface Within {
  readonly member: Member;
  readonly allow: Allow;
}

/** Who can act in a snapshot: everybody whom a policy names, and the accounts that others may become. */
export class Actors {
  readonly #index: LiveIndex;
  readonly #grants: GrantReader;
  readonly #snapshot: Snapshot;
  readonly #accounts = new Map<string, readonly Within[]>();
  readonly #held = new Map<string, ReadonlyMap<string, Allow>>();
  #named: readonly Member[] | undefined;

  constructor(index: LiveIndex, grants: GrantReader, snapshot: Snapshot) {
    this.#index = index;
    this.#grants = grants;
    this.#snapshot = snapshot;
  }

  /** Google's own agents do their work; whoever is deleted does none; a pool that is switched off lets nobody in. */
  mayStart(member: Member): boolean {
    if (member.kind === "deleted") return false;
    if (member.kind === "serviceAccount") return !isServiceAgent(member.email);
    const pool = /(projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+)/.exec(member.principal)?.[1];
    return member.kind !== "federated" || pool === undefined || this.#index.pool(pool)?.active !== false;
  }

  /** How surely somebody is a member, or in it; undefined where that is not known. */
  membership(actor: Member, member: Member): Allow | undefined {
    if (actor.principal === member.principal || this.#index.contains(member, actor)) return "allowed";
    return member.kind === "convenience" ? this.#holders(member).get(actor.principal) : undefined;
  }

  /** The accounts that a member is, or that are in it. Agents take no part. */
  accountsIn(member: Member): readonly Within[] {
    if (member.kind === "serviceAccount") {
      return isServiceAgent(member.email) ? [] : [{ member, allow: "allowed" }];
    }
    let found = this.#accounts.get(member.principal);
    if (found === undefined) {
      found = this.#index.knownAccounts.flatMap((email): readonly Within[] => {
        const account = parseMember(`serviceAccount:${email}`);
        const allow = isServiceAgent(email) ? undefined : this.membership(account, member);
        return allow === undefined ? [] : [{ member: account, allow }];
      });
      this.#accounts.set(member.principal, found);
    }
    return found;
  }

  /** Everybody whom a policy names, or a group that one names, and who is in a set. */
  namedIn(set: Member): readonly Within[] {
    return this.#everybody().flatMap((member): readonly Within[] => {
      const allow = member.principal === set.principal ? undefined : this.membership(member, set);
      return allow === undefined ? [] : [{ member, allow }];
    });
  }

  #everybody(): readonly Member[] {
    if (this.#named === undefined) {
      const { containers, accounts, projects } = this.#snapshot;
      const readings = [
        ...containers.map(({ policy }) => policy),
        ...accounts.map(({ policy }) => policy),
        ...projects.flatMap(({ services, jobs }) =>
          [...(valueOf(services) ?? []), ...(valueOf(jobs) ?? [])].map(({ policy }) => policy),
        ),
      ];
      const named = new Map<string, Member>();
      const add = (member: Member): void => void named.set(member.principal, member);
      for (const reading of readings) {
        for (const member of (valueOf(reading)?.bindings ?? []).flatMap(({ members }) => members).map(parseMember)) {
          add(member);
          if (member.kind === "group") this.#index.groupMembersAsWritten(member.email).map(parseMember).forEach(add);
        }
      }
      this.#named = [...named.values()].filter((member) => this.mayStart(member));
    }
    return this.#named;
  }

  /** Those who hold a basic role in a project, and whoever is in them. */
  #holders(set: Member & { readonly kind: "convenience" }): ReadonlyMap<string, Allow> {
    const known = this.#held.get(set.principal);
    if (known !== undefined) return known;
    const holders = new Map<string, Allow>();
    const add = (principal: string, allow: Allow): void => {
      const before = holders.get(principal);
      if (before === undefined || isAsStrong(allow, before)) holders.set(principal, allow);
    };
    const policy = this.#index.policyOf(`projects/${set.project}`);
    for (const { member, allow } of policy === undefined ? [] : this.#grants.holdersOfRole(policy, set.role)) {
      add(member.principal, allow);
      if (member.kind === "group") {
        for (const inner of this.#index.groupMembers(member.email) ?? []) add(inner, allow);
      }
    }
    this.#held.set(set.principal, holders);
    return holders;
  }
}
