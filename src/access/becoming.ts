import type { Hop, HopKind, LiveService } from "./access.ts";
import { type DenyReader } from "./deny.ts";
import { type Allow, type Grant, type GrantReader, isAsStrong, type PolicyPlace, weaker } from "./grants.ts";
import { type LiveIndex, valueOf } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";
import { permissions, workloadPermissions } from "./permissions.ts";

/** One way for a member to act as an account. */
export interface Step {
  readonly member: Member;
  readonly hop: Hop;
  readonly allow: Allow;
  /** The permission that allows it. */
  readonly permission: string;
}

/** Who holds a permission somewhere, and how surely once denial is taken into account. */
interface Held {
  readonly grant: Grant;
  readonly allow: Allow;
}

const tokens: readonly string[] = [
  permissions.getOpenIdToken,
  permissions.signJwt,
  permissions.signBlob,
  permissions.getAccessToken,
  permissions.implicitDelegation,
];

const levels: readonly string[] = ["project", "folder", "organization"];

const policyWrites: readonly string[] = [
  permissions.setProjectPolicy,
  permissions.setFolderPolicy,
  permissions.setOrganizationPolicy,
];

/** Reads who can act as which account. */
export class BecomingReader {
  readonly #index: LiveIndex;
  readonly #grants: GrantReader;
  readonly #deny: DenyReader;
  readonly #runsAs = new Map<string, LiveService[]>();
  readonly #atProject = new Map<string, readonly Held[]>();
  readonly #steps = new Map<string, readonly Step[]>();
  #workloads: ReadonlyMap<string, Allow> | undefined;

  constructor(index: LiveIndex, grants: GrantReader, deny: DenyReader, services: readonly LiveService[]) {
    this.#index = index;
    this.#grants = grants;
    this.#deny = deny;
    for (const service of services) {
      if (service.record.kind === "job") continue;
      const email = index.runtimeAccount(service.project, service.record.account);
      if (email === undefined) continue;
      const found = this.#runsAs.get(email);
      if (found === undefined) this.#runsAs.set(email, [service]);
      else found.push(service);
    }
  }

  /** Every way to act as an account, in no order. docs: /iam/docs/service-account-impersonation */
  stepsTo(email: string): readonly Step[] {
    let steps = this.#steps.get(email);
    if (steps === undefined) this.#steps.set(email, (steps = [...this.#readSteps(email)]));
    return steps;
  }

  /** How surely an account may mint an OpenID token of itself; undefined where it may not. */
  mintsItself(email: string): Allow | undefined {
    const own = this.#heldOn(email, permissions.getOpenIdToken).filter(
      ({ grant: { member } }) => member.kind === "serviceAccount" && member.email === email,
    );
    return strongestOf(own);
  }

  /** Who holds a permission at a project or above it. */
  heldAt(project: string, permission: string): readonly Held[] {
    const key = `${project} ${permission}`;
    let held = this.#atProject.get(key);
    if (held === undefined) {
      held = this.#index.ancestorsOf(project).flatMap(({ level, resource, container }) => {
        const policy = valueOf(container?.policy);
        if (policy === undefined) return [];
        const place: PolicyPlace = { level, resource, number: undefined };
        return this.#afterDenial(project, permission, this.#grants.grantsIn(policy, place, permission).grants);
      });
      this.#atProject.set(key, held);
    }
    return held;
  }

  /** Who holds a permission at a project or organization by name, or above it. */
  heldAtContainer(resource: string, permission: string): readonly Held[] {
    if (resource.startsWith("projects/")) return this.heldAt(resource.slice("projects/".length), permission);
    const policy = valueOf(this.#index.containers.get(resource)?.policy);
    if (policy === undefined) return [];
    const { grants } = this.#grants.grantsIn(
      policy,
      { level: "organization", resource, number: undefined },
      permission,
    );
    return grants.map((grant) => ({ grant, allow: grant.allow }));
  }

  /** Who holds a permission at one service, or above it. */
  heldAtService({ project, resource, record }: LiveService, permission: string): readonly Held[] {
    const policy = valueOf(record.policy);
    const place: PolicyPlace = { level: "service", resource, number: undefined };
    const own = policy === undefined ? [] : this.#grants.grantsIn(policy, place, permission).grants;
    return [...this.#afterDenial(project, permission, own), ...this.heldAt(project, permission)];
  }

  #afterDenial(project: string, permission: string, grants: readonly Grant[]): readonly Held[] {
    return grants.flatMap((grant) => {
      const { deny } = this.#deny.denialOf(project, permission, grant.member);
      if (deny === "certain") return [];
      return { grant, allow: deny === "possible" ? weaker(grant.allow, "conditional") : grant.allow };
    });
  }

  /** Who holds a permission on an account: by its own policy, its project's, or one above. */
  #heldOn(email: string, permission: string): readonly Held[] {
    const home = this.#index.homeOf(email);
    const policy = valueOf(this.#index.accounts.get(email)?.policy);
    const resource = `projects/${home ?? "-"}/serviceAccounts/${email}`;
    const place: PolicyPlace = { level: "account", resource, number: undefined };
    const own = policy === undefined ? [] : this.#grants.grantsIn(policy, place, permission).grants;
    if (home === undefined) return own.map((grant) => ({ grant, allow: grant.allow }));
    return [...this.#afterDenial(home, permission, own), ...this.heldAt(home, permission)];
  }

  *#readSteps(email: string): Iterable<Step> {
    for (const permission of tokens) yield* asSteps(this.#heldOn(email, permission), "impersonate", permission);
    yield* asSteps(this.#heldOn(email, permissions.createKey), "key", permissions.createKey);
    yield* asSteps(this.#heldOn(email, permissions.setAccountPolicy), "policy-write", permissions.setAccountPolicy);
    const home = this.#index.homeOf(email);
    if (home !== undefined) {
      for (const permission of policyWrites)
        yield* asSteps(this.writersAbove(home, permission), "policy-write", permission);
      const metadata = this.heldAt(home, permissions.setInstanceMetadata);
      yield* asSteps(metadata, "run-as", permissions.setInstanceMetadata);
    }
    for (const service of this.#runsAs.get(email) ?? []) {
      yield* asSteps(this.heldAtService(service, permissions.sshService), "run-as", permissions.sshService);
    }
    for (const { grant, allow } of this.#heldOn(email, permissions.actAs)) {
      for (const { member, allow: workload } of this.#workloadOf(grant.member)) {
        yield {
          member,
          hop: { ...grant.hop, kind: "run-as" },
          allow: weaker(allow, workload),
          permission: permissions.actAs,
        };
      }
    }
  }

  /** Who may write the policy of the project, of a folder or of the organization above it, where that matters to it. */
  writersAbove(project: string, permission: string): readonly Held[] {
    const least = permission === permissions.setProjectPolicy ? 0 : permission === permissions.setFolderPolicy ? 1 : 2;
    return this.heldAt(project, permission).filter(({ grant }) => levels.indexOf(grant.hop.level) >= least);
  }

  /** The members who, with `actAs`, can make Google run something: the member itself, or those in it who can. */
  #workloadOf(member: Member): readonly { readonly member: Member; readonly allow: Allow }[] {
    const own = this.#mayRun(member);
    if (own !== undefined) return [{ member, allow: own }];
    if (member.kind !== "group") return [];
    return [...(this.#index.groupMembers(member.email) ?? [])].sort().flatMap((principal) => {
      const inner = parseMember(principal);
      const allow = this.#mayRun(inner);
      return allow === undefined ? [] : [{ member: inner, allow }];
    });
  }

  #mayRun(member: Member): Allow | undefined {
    const holders = (this.#workloads ??= this.#readWorkloads());
    let best: Allow | undefined;
    for (const [principal, allow] of holders) {
      if (principal !== member.principal && !this.#index.contains(parseMember(principal), member)) continue;
      if (best === undefined || isAsStrong(allow, best)) best = allow;
    }
    return best;
  }

  #readWorkloads(): ReadonlyMap<string, Allow> {
    const holders = new Map<string, Allow>();
    for (const project of this.#index.projects.keys()) {
      for (const permission of workloadPermissions) {
        for (const { grant, allow } of this.heldAt(project, permission)) {
          const before = holders.get(grant.member.principal);
          if (before === undefined || isAsStrong(allow, before)) holders.set(grant.member.principal, allow);
        }
      }
    }
    return holders;
  }
}

function* asSteps(held: readonly Held[], kind: HopKind, permission: string): Iterable<Step> {
  for (const { grant, allow } of held) yield { member: grant.member, hop: { ...grant.hop, kind }, allow, permission };
}

function strongestOf(held: readonly Held[]): Allow | undefined {
  return held.reduce<Allow | undefined>(
    (best, { allow }) => (best !== undefined && isAsStrong(best, allow) ? best : allow),
    undefined,
  );
}
