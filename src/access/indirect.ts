import { compareText } from "../words/compare-text.ts";
import type { Hop, LiveService, Row } from "./access.ts";
import { BecomingReader, type Step } from "./becoming.ts";
import type { DenyReader } from "./deny.ts";
import { type Allow, type GrantReader, isAsStrong, weaker } from "./grants.ts";
import { type LiveIndex, valueOf } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";
import { permissions } from "./permissions.ts";
import { isServiceAgent } from "./service-agents.ts";

/** At most so many accounts are gone through. */
const MAX_ACCOUNTS = 4;

/** What one must be able to do as an account for a chain to go on from it. */
interface Need {
  /** The last account calls the service: a token of its own identity. Others call Google's APIs. */
  readonly use: "token" | "api";
  /** Whether the account passes a token on for another, so that delegation through it is enough. */
  readonly delegates: boolean;
}

/** The rest of a chain, from an account on. */
interface Chain {
  readonly hops: readonly Hop[];
  readonly text: string;
}

interface Found {
  readonly member: Member;
  readonly chain: Chain;
}

/** Finds who can come to invoke a service: by becoming a caller of it, or by changing who is one. */
export class IndirectReader {
  readonly #index: LiveIndex;
  readonly #becoming: BecomingReader;

  constructor(index: LiveIndex, grants: GrantReader, deny: DenyReader, services: readonly LiveService[]) {
    this.#index = index;
    this.#becoming = new BecomingReader(index, grants, deny, services);
  }

  /** One row for each principal that is not sure to invoke directly: its surest and then shortest way. */
  rowsOf(service: LiveService, direct: readonly Row[]): readonly Row[] {
    const isDirect = new Set(direct.filter(({ verdict }) => verdict === "allowed").map(({ principal }) => principal));
    const rows = new Map<string, Row>();
    for (const least of ["allowed", "conditional", "unknown"] as const) {
      for (const { member, chain } of this.#search(service, direct, least)) {
        const { principal } = member;
        if (isDirect.has(principal) || rows.has(principal)) continue;
        rows.set(principal, {
          service,
          ring: "indirect",
          principal,
          verdict: least,
          denyUnread: false,
          through: null,
          paths: [{ hops: chain.hops, allow: least, managed: false }],
          managed: false,
        });
      }
    }
    return [...rows.values()].sort((a, b) => compareText(a.principal, b.principal));
  }

  /** Everybody with a chain whose every step is at least so sure, each with its shortest one. */
  #search(service: LiveService, direct: readonly Row[], least: Allow): readonly Found[] {
    const found = new Map<string, Found>();
    const visited = new Set<string>();
    let layer = this.#openers(service, direct, least, found);
    for (let gone = 0; gone < MAX_ACCOUNTS; gone++) {
      const next = new Map<string, State>();
      const reached = new Map<string, Found>();
      for (const state of [...layer.values()].filter(({ key }) => !visited.has(key))) {
        visited.add(state.key);
        if (gone >= state.limit) continue;
        for (const step of this.#becoming.stepsTo(state.email)) this.#follow(state, step, least, next, reached);
      }
      for (const [principal, each] of reached) if (!found.has(principal)) found.set(principal, each);
      layer = next;
    }
    return [...found.values()];
  }

  #follow(state: State, step: Step, least: Allow, next: Map<string, State>, reached: Map<string, Found>): void {
    const allow = this.#strengthOf(step, state);
    if (allow === undefined || !isAsStrong(allow, least) || !mayStart(step.member)) return;
    if (!this.#isPoolActive(step.member)) return;
    const chain = prepend(step.hop, state.chain);
    keepShortest(reached, step.member, chain);
    const delegates = tokenPermissions.has(step.permission);
    for (const email of this.#index.accountsIn(step.member)) {
      if (!isServiceAgent(email)) keepState(next, newState(email, { use: "api", delegates }, chain, state.limit));
    }
  }

  /** How surely a step gives what the chain needs of the account; undefined where it does not. */
  #strengthOf({ permission, allow }: Step, { email, need }: State): Allow | undefined {
    if (permission === permissions.implicitDelegation) return need.delegates ? allow : undefined;
    if (permission !== permissions.getAccessToken || need.use === "api") return allow;
    const itself = this.#becoming.mintsItself(email);
    return itself === undefined ? undefined : weaker(allow, itself);
  }

  /** The ends of all chains: callers of the service, and those who may change who they are. */
  #openers(service: LiveService, direct: readonly Row[], least: Allow, found: Map<string, Found>): Map<string, State> {
    const states = new Map<string, State>();
    for (const { principal, verdict, paths } of direct) {
      const member = parseMember(principal);
      const hop = paths[0]?.hops[0];
      if (member.kind !== "serviceAccount" || isServiceAgent(member.email) || hop === undefined) continue;
      if (verdict === "denied" || !isAsStrong(verdict, least)) continue;
      const chain = { hops: [hop], text: JSON.stringify(hop) };
      keepState(states, newState(member.email, { use: "token", delegates: false }, chain, MAX_ACCOUNTS));
    }
    for (const { member, hop, allow } of this.#writers(service)) {
      if (!isAsStrong(allow, least) || !mayStart(member)) continue;
      const chain = { hops: [hop], text: JSON.stringify(hop) };
      keepShortest(found, member, chain);
      for (const email of this.#index.accountsIn(member)) {
        if (!isServiceAgent(email))
          keepState(states, newState(email, { use: "api", delegates: false }, chain, MAX_ACCOUNTS - 1));
      }
    }
    return states;
  }

  /** Who may change who invokes a service: by its policy, a policy above, or a custom role that one of them names. */
  *#writers(service: LiveService): Iterable<Omit<Step, "permission">> {
    const { project, record } = service;
    const becoming = this.#becoming;
    const held = [
      ...(record.kind === "job" ? [] : becoming.heldAtService(service, permissions.setServicePolicy)),
      ...[permissions.setProjectPolicy, permissions.setFolderPolicy, permissions.setOrganizationPolicy].flatMap(
        (permission) => becoming.writersAbove(project, permission),
      ),
    ];
    for (const { grant, allow } of held) {
      yield { member: grant.member, hop: { ...grant.hop, kind: "policy-write" }, allow };
    }
    for (const owner of this.#customRoleOwners(service)) {
      for (const { grant, allow } of becoming.heldAtContainer(owner, permissions.updateRole)) {
        yield { member: grant.member, hop: { ...grant.hop, kind: "role-write" }, allow };
      }
    }
  }

  /** The projects and organizations whose custom roles are bound at a service or above it. */
  #customRoleOwners({ project, record }: LiveService): ReadonlySet<string> {
    const policies = [
      valueOf(record.policy),
      ...this.#index.ancestorsOf(project).map(({ container }) => valueOf(container?.policy)),
    ];
    const roles = policies.flatMap((policy) => policy?.bindings.map(({ role }) => role) ?? []);
    return new Set(roles.flatMap((role) => /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(role)?.[1] ?? []));
  }

  /** A pool that is switched off lets nobody in. */
  #isPoolActive({ kind, principal }: Member): boolean {
    if (kind !== "federated") return true;
    const name = /(projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+)/.exec(principal)?.[1];
    return name === undefined || this.#index.pool(name)?.active !== false;
  }
}

interface State {
  readonly key: string;
  readonly email: string;
  readonly need: Need;
  readonly chain: Chain;
  readonly limit: number;
}

const tokenPermissions: ReadonlySet<string> = new Set([
  permissions.getOpenIdToken,
  permissions.signJwt,
  permissions.signBlob,
  permissions.getAccessToken,
  permissions.implicitDelegation,
]);

function newState(email: string, need: Need, chain: Chain, limit: number): State {
  return { key: `${email} ${need.use} ${need.delegates} ${limit}`, email, need, chain, limit };
}

function keepState(states: Map<string, State>, state: State): void {
  const before = states.get(state.key);
  if (before === undefined || isBefore(state.chain, before.chain)) states.set(state.key, state);
}

function keepShortest(found: Map<string, Found>, member: Member, chain: Chain): void {
  const before = found.get(member.principal);
  if (before === undefined || isBefore(chain, before.chain)) found.set(member.principal, { member, chain });
}

function isBefore(a: Chain, b: Chain): boolean {
  return (a.hops.length - b.hops.length || compareText(a.text, b.text)) < 0;
}

function prepend(hop: Hop, { hops, text }: Chain): Chain {
  return { hops: [hop, ...hops], text: `${JSON.stringify(hop)},${text}` };
}

/** Google's own agents do their work; whoever is deleted does none. */
function mayStart(member: Member): boolean {
  return member.kind !== "deleted" && (member.kind !== "serviceAccount" || !isServiceAgent(member.email));
}
