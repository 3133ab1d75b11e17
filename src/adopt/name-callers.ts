import { parseMember } from "../access/member.ts";
import { isServiceAgent } from "../access/service-agents.ts";
import { isDefaultAccount } from "../access/default-accounts.ts";
import { UNASSIGNED } from "../matrix/model/adopted-text.ts";
import type { World } from "../matrix/model/world.ts";
import type { Caller } from "../matrix/schema/generated/document.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import type { MatrixDraft } from "./matrix-draft.ts";
import type { OutsideCaller } from "./outside-callers.ts";
import { pickName } from "./pick-name.ts";

type CallerKind = "serviceAccount" | "user" | "group";

/**
 * Finds the name under which a principal calls in an environment, or makes one: the service that runs as the account, a
 * set of those that share it, a caller that the matrix has, else a new caller.
 */
export class CallerFinder {
  readonly #draft: MatrixDraft;
  readonly #environment: string;
  readonly #outside: (email: string) => OutsideCaller;
  readonly #services = new Map<string, string[]>();
  readonly #callers = new Map<string, string>();
  readonly #sets = new Map<string, string>();
  readonly added: string[] = [];

  /**
   * @param world the environment with every service that was found in it
   * @param outside who acts from outside as an account
   */
  constructor(draft: MatrixDraft, world: World, outside: (email: string) => OutsideCaller) {
    this.#outside = outside;
    this.#draft = draft;
    this.#environment = world.environment.name;
    for (const { key, account, stage } of world.services.values()) {
      if (stage !== "live" && stage !== "planned") continue;
      const principal = `serviceAccount:${account.email}`;
      this.#services.set(principal, [...(this.#services.get(principal) ?? []), key]);
    }
    for (const { key, principal } of world.callers.values()) {
      const parsed = parseMember(principal).principal;
      if (!this.#callers.has(parsed)) this.#callers.set(parsed, key);
    }
    for (const [key, { value }] of draft.sets) this.#sets.set(setKey(value), this.#sets.get(setKey(value)) ?? key);
  }

  /** The name for a principal as the caller of a service: never the service itself, which cannot call itself by an edge. */
  nameFor(principal: string, callee: string): string {
    const caller = this.#callers.get(principal);
    const services = this.#services.get(principal) ?? [];
    const [only] = services;
    if (only === undefined) return caller ?? this.#newCaller(principal, []);
    if (services.length > 1) return this.#setOf(services, principal);
    return only === callee ? (caller ?? this.#newCaller(principal, [`${only}-account`])) : only;
  }

  #setOf(services: readonly string[], principal: string): string {
    const members = services.toSorted(compareText);
    const known = this.#sets.get(setKey(members));
    if (known !== undefined) return known;
    const [id = ""] = callerNames("serviceAccount", principal.slice("serviceAccount:".length));
    const key = pickName([id, `runs-as-${id}`, `runs-as-${id}-${this.#environment}`], (name) =>
      this.#draft.hasName(name),
    );
    this.#draft.sets.set(key, { file: this.#draft.root, value: members });
    this.#draft.comment(
      this.#draft.root,
      ["sets", key],
      [`These run as ${principal.slice("serviceAccount:".length)}: what one may call, all may.`],
    );
    this.#sets.set(setKey(members), key);
    return key;
  }

  #newCaller(principal: string, wanted: readonly string[]): string {
    const member = parseMember(principal);
    // Only these three become callers.
    const [kind, email] = "email" in member ? [member.kind, member.email] : (["serviceAccount", principal] as const);
    const names = callerNames(kind, email);
    const outside = kind === "serviceAccount" ? this.#outside(email) : undefined;
    const twin = this.#twin(outside?.written);
    const known = twin ?? this.#elsewhere(kind, email, outside?.comments.length ? [] : names);
    const key = known ?? pickName([...wanted, ...names], (name) => this.#draft.hasName(name));
    const before = this.#draft.callers.get(key)?.value;
    // A caller that is there already, in another environment, stays what somebody made it.
    const written = before === undefined ? outside?.written : undefined;
    const caller = twin === undefined ? this.#inEnvironment(before, kind, email) : this.#alsoHere(before ?? {});
    const { serviceAccount: _account, ...rest } = caller;
    this.#draft.setCaller(key, written === undefined ? caller : { ...rest, ...written });
    if (written === undefined) this.#draft.comment(this.#draft.root, ["callers", key], outside?.comments ?? []);
    if (before === undefined) this.#draft.ensureOwner(UNASSIGNED);
    this.#callers.set(principal, key);
    this.added.push(key);
    return key;
  }

  /** A caller of other environments whom the same Kubernetes names stand for, in each environment's own project. */
  #twin(written: OutsideCaller["written"]): string | undefined {
    // An account that has its whole address is one thing, and not one for each environment.
    if (written?.account === undefined || "email" in written.account) return undefined;
    const said = ({ gke, account }: Caller): string => canonicalJson({ gke: gke ?? null, account: account ?? null });
    return [...this.#draft.callers].find(
      ([, { value }]) =>
        said(value) === said(written) &&
        !homes(value, this.#names()).includes(this.#environment) &&
        value.overrides?.[this.#environment] === undefined,
    )?.[0];
  }

  /**
   * A caller that is the same thing in other environments, maybe under another address.
   * @param names what it may be called there under another address; none where that would hide who acts as it here
   */
  #elsewhere(kind: CallerKind, email: string, names: readonly string[]): string | undefined {
    const others = [...this.#draft.callers].filter(
      ([, { value }]) => value[kind] !== undefined && !homes(value, this.#names()).includes(this.#environment),
    );
    const same = others.find(([, { value }]) => value[kind]?.toLowerCase() === email);
    // An account has another address in each project; a person of another domain is another person.
    const namesake = kind === "serviceAccount" ? others.find(([key]) => key === names[0]) : undefined;
    return (same ?? namesake)?.[0];
  }

  #inEnvironment(before: Caller | undefined, kind: CallerKind, email: string): Caller {
    const names = this.#names();
    if (before === undefined) {
      const isOnly = names.length === 1;
      return { owner: UNASSIGNED, [kind]: email, ...(isOnly ? {} : { environments: [this.#environment] }) };
    }
    const isSame = before[kind]?.toLowerCase() === email;
    return {
      ...this.#alsoHere(before),
      ...(isSame ? {} : { overrides: { ...before.overrides, [this.#environment]: { [kind]: email } } }),
    };
  }

  /** A caller of other environments that is in this one as well. */
  #alsoHere({ environments, ...rest }: Caller): Caller {
    const names = this.#names();
    const all = names.filter((name) => name === this.#environment || (environments ?? names).includes(name));
    return { ...rest, ...(all.length === names.length ? {} : { environments: all }) };
  }

  #names(): readonly string[] {
    return [...this.#draft.environments.keys()].filter((name) => !name.startsWith("x-"));
  }
}

function homes({ environments }: Caller, names: readonly string[]): readonly string[] {
  return environments ?? names;
}

function setKey(members: readonly string[]): string {
  return members.toSorted(compareText).join(" ");
}

/** What to call an identity, the most readable first. */
export function callerNames(kind: CallerKind, email: string): readonly string[] {
  const [local = "", domain = ""] = email.split("@");
  if (kind !== "serviceAccount") return [local, `${local}-${kind}`, `${local}-${domain}`];
  const home = domain.split(".")[0] ?? "";
  if (isServiceAgent(email)) {
    const number = /\d+/.exec(local)?.[0] ?? "";
    const agent = `${home.replace(/^gcp-sa-/, "")}-agent`;
    return [agent, `${agent}-${number}`];
  }
  if (isDefaultAccount(email)) {
    const [, number = local, service = "app-engine"] = /^(\d+)-(compute)$/.exec(local) ?? [];
    return [`default-${service}`, `default-${service}-${number}`];
  }
  const short = local.replace(/-sa$/, "");
  return [short, `${short}-account`, `${local}-${home}`];
}
