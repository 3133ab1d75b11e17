import { calleeKinds } from "../callees/registry.ts";
import type { Hop, HopKind, LiveService } from "./access.ts";
import type { Actors } from "./actors.ts";
import type { DenyReader } from "./deny.ts";
import { type Allow, type Grant, type GrantReader, strongest, type PolicyPlace, weaker } from "./grants.ts";
import { type LiveIndex } from "./live-index.ts";
import type { Member } from "./member.ts";
import { permissions, workloadPermissions } from "./permissions.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** One grant by which its member, or whoever is in it, can take a step. */
export interface Step {
  readonly member: Member;
  readonly hop: Hop;
  /** How sure the grant is, before denial. */
  readonly allow: Allow;
  /** The permission that allows it. */
  readonly permission: string;
  /** The id of the project whose deny policies, and those above, matter to it; undefined where it is not known. */
  readonly project: string | undefined;
}

/** Who takes a step: somebody as a policy names them, or an account that somebody has become. */
export interface Actor {
  readonly member: Member;
  readonly isStart: boolean;
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

/** Reads who can act as which account, and who can change policies. */
export class BecomingReader {
  readonly #index: LiveIndex;
  readonly #grants: GrantReader;
  readonly #deny: DenyReader;
  readonly #actors: Actors;
  readonly #homeOf: (email: string) => string | undefined;
  readonly #runsAs = new Map<string, LiveService[]>();
  readonly #atProject = new Map<string, readonly Grant[]>();
  readonly #steps = new Map<string, readonly Step[]>();
  readonly #running = new Map<string, Allow | undefined>();
  #workloads: readonly Step[] | undefined;

  constructor(
    index: LiveIndex,
    readers: { readonly grants: GrantReader; readonly deny: DenyReader; readonly actors: Actors },
    services: readonly LiveService[],
    /** The project of an account, by whose policy and those above others may act as it. */
    homeOf = (email: string): string | undefined => index.homeOf(email),
  ) {
    this.#homeOf = homeOf;
    this.#index = index;
    this.#grants = readers.grants;
    this.#deny = readers.deny;
    this.#actors = readers.actors;
    for (const service of services) {
      if (calleeKinds[service.record.kind].resource !== "service") continue;
      const email = service.account;
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

  /** Who may change who invokes a service: by its policy or one above. */
  *writersOf(service: LiveService): Iterable<Step> {
    const { project, record } = service;
    const permission = permissions.setServicePolicy;
    if (calleeKinds[record.kind].resource === "service") {
      yield* asSteps(this.#atService(service, permission), "policy-write", permission, project);
    }
    yield* this.#writersAbove(project);
  }

  /** Who may change the custom roles of a project or organization. */
  roleWritersAt(resource: string): readonly Step[] {
    const permission = permissions.updateRole;
    if (resource.startsWith("projects/")) {
      const project = resource.slice("projects/".length);
      return [...asSteps(this.#above(project, permission), "role-write", permission, project)];
    }
    const policy = this.#index.policyOf(resource);
    if (policy === undefined) return [];
    const place: PolicyPlace = { level: "organization", resource, number: undefined };
    return [...asSteps(this.#grants.grantsIn(policy, place, permission).grants, "role-write", permission, undefined)];
  }

  /** How surely an actor takes a step, once denial and what else it needs are taken into account. */
  strengthFor(step: Step, actor: Actor): Allow | undefined {
    const allow = this.#afterDenial(step, actor.member);
    if (allow === undefined || step.permission !== permissions.actAs) return allow;
    const running = this.#mayRun(actor, step.member);
    return running === undefined ? undefined : weaker(allow, running);
  }

  /** How surely an account may mint an OpenID token of itself; undefined where it may not. */
  mintsItself(email: string): Allow | undefined {
    const own = this.stepsTo(email).filter(
      ({ member, permission }) =>
        permission === permissions.getOpenIdToken && member.kind === "serviceAccount" && member.email === email,
    );
    return strongest(own.map((step) => this.#afterDenial(step, step.member)));
  }

  #afterDenial({ allow, permission, project }: Step, actor: Member): Allow | undefined {
    if (project === undefined) return allow;
    const { deny } = this.#deny.denialOf(project, permission, actor);
    if (deny === "certain") return undefined;
    return deny === "possible" ? weaker(allow, "conditional") : allow;
  }

  #above(project: string, permission: string): readonly Grant[] {
    const key = `${project} ${permission}`;
    let found = this.#atProject.get(key);
    if (found === undefined) {
      found = this.#index.ancestorsOf(project).flatMap(({ level, resource, container }) => {
        const policy = valueOf(container?.policy);
        if (policy === undefined) return [];
        return this.#grants.grantsIn(policy, { level, resource, number: undefined }, permission).grants;
      });
      this.#atProject.set(key, found);
    }
    return found;
  }

  #atService({ project, resource, record }: LiveService, permission: string): readonly Grant[] {
    const policy = valueOf(record.policy);
    const place: PolicyPlace = { level: "service", resource, number: undefined };
    const own = policy === undefined ? [] : this.#grants.grantsIn(policy, place, permission).grants;
    return [...own, ...this.#above(project, permission)];
  }

  #onAccount(email: string, permission: string): readonly Grant[] {
    const home = this.#homeOf(email);
    const policy = valueOf(this.#index.accounts.get(email)?.policy);
    const resource = `projects/${home ?? "-"}/serviceAccounts/${email}`;
    const place: PolicyPlace = { level: "account", resource, number: undefined };
    const own = policy === undefined ? [] : this.#grants.grantsIn(policy, place, permission).grants;
    return home === undefined ? own : [...own, ...this.#above(home, permission)];
  }

  *#readSteps(email: string): Iterable<Step> {
    const home = this.#homeOf(email);
    const on = (permission: string, kind: HopKind): Iterable<Step> =>
      asSteps(this.#onAccount(email, permission), kind, permission, home);
    for (const permission of tokens) yield* on(permission, "impersonate");
    yield* on(permissions.createKey, "key");
    yield* on(permissions.setAccountPolicy, "policy-write");
    yield* on(permissions.actAs, "run-as");
    if (home !== undefined) {
      yield* this.#writersAbove(home);
      const metadata = permissions.setInstanceMetadata;
      yield* asSteps(this.#above(home, metadata), "run-as", metadata, home);
    }
    const shell = permissions.sshService;
    for (const service of this.#runsAs.get(email) ?? []) {
      yield* asSteps(this.#atService(service, shell), "run-as", shell, service.project);
    }
  }

  /** Who may write the policy of a project, or one that it inherits. */
  *#writersAbove(project: string): Iterable<Step> {
    const above = new Set(this.#index.ancestorsOf(project).map(({ level }): string => level));
    for (const [at, permission] of policyWrites.entries()) {
      // To write policies of folders means nothing to a project that has none above it.
      if (permission === permissions.setFolderPolicy && !above.has("folder")) continue;
      const grants = this.#above(project, permission).filter(({ hop }) => levels.indexOf(hop.level) >= at);
      yield* asSteps(grants, "policy-write", permission, project);
    }
  }

  /**
   * How surely an actor, who may act as an account by a grant to `by`, can make Google run something. Where both come
   * through the same set, it is the set that can: the actor needs no words of its own.
   */
  #mayRun({ member: actor, isStart }: Actor, by: Member): Allow | undefined {
    const key = `${actor.principal}\n${by.principal}\n${isStart}`;
    if (this.#running.has(key)) return this.#running.get(key);
    const ways = this.#workloadSteps().map((step) => {
      const isSameSet = by.principal === step.member.principal && by.principal !== actor.principal;
      const membership = isStart && isSameSet ? undefined : this.#actors.membership(actor, step.member);
      const allow = membership === undefined ? undefined : this.#afterDenial(step, actor);
      return allow === undefined || membership === undefined ? undefined : weaker(allow, membership);
    });
    const allow = strongest(ways);
    this.#running.set(key, allow);
    return allow;
  }

  #workloadSteps(): readonly Step[] {
    this.#workloads ??= [...this.#index.projects.keys()].flatMap((project) =>
      workloadPermissions.flatMap((permission) => [
        ...asSteps(this.#above(project, permission), "run-as", permission, project),
      ]),
    );
    return this.#workloads;
  }
}

function* asSteps(
  grants: readonly Grant[],
  kind: HopKind,
  permission: string,
  project: string | undefined,
): Iterable<Step> {
  for (const { member, hop, allow } of grants) yield { member, hop: { ...hop, kind }, allow, permission, project };
}
