import { compareText } from "../words/compare-text.ts";
import type { Hop, LiveService, Path, Row } from "./access.ts";
import type { Actors } from "./actors.ts";
import type { Actor, BecomingReader, Step } from "./becoming.ts";
import { type Allow, isAsStrong, strongest, weaker } from "./grants.ts";
import { type LiveIndex } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";
import { permissions } from "./permissions.ts";
import { isServiceAgent } from "./service-agents.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** At most so many accounts are gone through. */
const MAX_ACCOUNTS = 4;

/** The rest of a chain, from an account on. */
interface Chain {
  readonly hops: readonly Hop[];
  readonly text: string;
}

/** An account that leads on to the service. */
interface State {
  readonly account: Member & { readonly email: string };
  /** The last account calls the service, with a token of its own identity. Others call Google's APIs. */
  readonly use: "token" | "api";
  /** Whether it passes a token on for another, so that delegation through it is enough. */
  readonly delegates: boolean;
  readonly chain: Chain;
  /** How many accounts may still stand before it. */
  readonly left: number;
}

interface Found {
  readonly member: Member;
  readonly chain: Chain;
}

const tokenPermissions: ReadonlySet<string> = new Set([
  permissions.getOpenIdToken,
  permissions.signJwt,
  permissions.signBlob,
  permissions.getAccessToken,
  permissions.implicitDelegation,
]);

/** Finds who can come to invoke a service: by becoming a caller of it, or by changing who is one. */
export class IndirectReader {
  readonly #index: LiveIndex;
  readonly #becoming: BecomingReader;
  readonly #actors: Actors;

  constructor(index: LiveIndex, becoming: BecomingReader, actors: Actors) {
    this.#index = index;
    this.#becoming = becoming;
    this.#actors = actors;
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
    let layer = this.#ends(service, direct, least, found);
    while (layer.size > 0) {
      const next = new Map<string, State>();
      const reached = new Map<string, Found>();
      for (const [key, state] of layer) {
        if (visited.has(key)) continue;
        visited.add(key);
        if (state.left === 0) continue;
        for (const step of this.#becoming.stepsTo(state.account.email)) this.#follow(state, step, least, next, reached);
      }
      for (const [principal, each] of reached) if (!found.has(principal)) found.set(principal, each);
      layer = next;
    }
    return [...found.values()];
  }

  #follow(state: State, step: Step, least: Allow, next: Map<string, State>, reached: Map<string, Found>): void {
    const usable = this.#usability(step, state);
    if (usable === undefined) return;
    const chain = prepend(step.hop, state.chain);
    const delegates = tokenPermissions.has(step.permission);
    this.#spread(step, usable, least, (member, isStart) => {
      if (isStart) keepShortest(reached, member, chain);
      else keepState(next, member, { use: "api", delegates, chain, left: state.left - 1 });
    });
  }

  /** Whoever can take a step at least so surely: the member that is named, those whom only two sets make able, accounts. */
  #spread(step: Step, usable: Allow, least: Allow, take: (member: Member, isStart: boolean) => void): void {
    const isSure = (actor: Actor, membership: Allow): boolean => {
      const allow = this.#becoming.strengthFor(step, actor);
      return allow !== undefined && isAsStrong(weaker(weaker(allow, membership), usable), least);
    };
    const { member } = step;
    if (!this.#actors.mayStart(member)) return;
    if (isSure({ member, isStart: true }, "allowed")) take(member, true);
    if (step.permission === permissions.actAs) {
      for (const { member: inner, allow } of this.#actors.namedIn(member)) {
        if (isSure({ member: inner, isStart: true }, allow)) take(inner, true);
      }
    }
    for (const { member: account, allow } of this.#actors.accountsIn(member)) {
      if (isSure({ member: account, isStart: false }, allow)) take(account, false);
    }
  }

  /** How much of a step's worth is what the chain needs of the account; undefined where it is none. */
  #usability({ permission }: Step, { account, use, delegates }: State): Allow | undefined {
    if (permission === permissions.implicitDelegation) return delegates ? "allowed" : undefined;
    if (permission !== permissions.getAccessToken || use === "api") return "allowed";
    return this.#becoming.mintsItself(account.email);
  }

  /** The ends of all chains: callers of the service, and those who may change who they are. */
  #ends(service: LiveService, direct: readonly Row[], least: Allow, found: Map<string, Found>): Map<string, State> {
    const states = new Map<string, State>();
    for (const row of direct) {
      const member = parseMember(row.principal);
      if (member.kind !== "serviceAccount" || isServiceAgent(member.email)) continue;
      const hop = lastHop(row, least);
      if (hop === undefined) continue;
      keepState(states, member, { use: "token", delegates: false, chain: startOf(hop), left: MAX_ACCOUNTS });
    }
    for (const step of this.#openings(service)) {
      this.#spread(step, "allowed", least, (member, isStart) => {
        const chain = startOf(step.hop);
        if (isStart) keepShortest(found, member, chain);
        else keepState(states, member, { use: "api", delegates: false, chain, left: MAX_ACCOUNTS - 1 });
      });
    }
    return states;
  }

  /** Who may change who invokes a service: by its policy, one above, or a custom role that one of them names. */
  *#openings(service: LiveService): Iterable<Step> {
    yield* this.#becoming.writersOf(service);
    const policies = [
      valueOf(service.record.policy),
      ...this.#index.ancestorsOf(service.project).map(({ container }) => valueOf(container?.policy)),
    ];
    const bound = policies.flatMap((policy) => policy?.bindings.filter(({ members }) => members.length > 0) ?? []);
    const owners = bound.flatMap(({ role }) => /^((?:projects|organizations)\/[^/]+)\/roles\/./.exec(role)?.[1] ?? []);
    for (const owner of new Set(owners)) yield* this.#becoming.roleWritersAt(owner);
  }
}

/** The binding by which an account itself calls, where that is sure enough: as a member of the public it calls by no right of its own. */
function lastHop({ verdict, paths }: Row, least: Allow): Hop | undefined {
  if (verdict === "denied") return undefined;
  // Deny policies and Identity-Aware Proxy weaken the row as a whole.
  const isWeakened = strongest(paths.map(({ allow }) => allow)) !== verdict;
  const most: Allow = isWeakened ? "conditional" : "allowed";
  const own = paths.filter((path) => !isPublic(path));
  return own.find(({ allow }) => isAsStrong(weaker(allow, most), least))?.hops[0];
}

function isPublic({ hops }: Path): boolean {
  return hops.some(
    ({ kind, resource }) => kind === "set" && /^(allUsers|allAuthenticatedUsers|domain:)/.test(resource),
  );
}

function startOf(hop: Hop): Chain {
  return { hops: [hop], text: JSON.stringify(hop) };
}

function prepend(hop: Hop, { hops, text }: Chain): Chain {
  return { hops: [hop, ...hops], text: `${JSON.stringify(hop)},${text}` };
}

function keepState(states: Map<string, State>, account: Member, state: Omit<State, "account">): void {
  if (account.kind !== "serviceAccount") return;
  const key = `${account.email} ${state.use} ${state.delegates} ${state.left}`;
  const before = states.get(key);
  if (before === undefined || isBefore(state.chain, before.chain)) states.set(key, { ...state, account });
}

function keepShortest(found: Map<string, Found>, member: Member, chain: Chain): void {
  const before = found.get(member.principal);
  if (before === undefined || isBefore(chain, before.chain)) found.set(member.principal, { member, chain });
}

function isBefore(a: Chain, b: Chain): boolean {
  return (a.hops.length - b.hops.length || compareText(a.text, b.text)) < 0;
}
