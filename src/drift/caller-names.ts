import { parseMember } from "../access/member.ts";
import type { World } from "../matrix/model/world.ts";

/** The services and callers of a matrix by the principal that each calls as. */
export class CallerNames {
  readonly #names = new Map<string, string[]>();

  constructor({ services, callers }: World) {
    for (const { key, account, previousAccounts, stage } of services.values()) {
      if (stage === "gone") continue;
      for (const { email } of [account, ...previousAccounts]) this.#add(`serviceAccount:${email}`, key);
    }
    for (const { key, principal } of callers.values()) this.#add(principal, key);
    for (const names of this.#names.values()) names.sort();
  }

  #add(written: string, name: string): void {
    const { principal } = parseMember(written);
    const names = this.#names.get(principal);
    if (names === undefined) this.#names.set(principal, [name]);
    else if (!names.includes(name)) names.push(name);
  }

  /** Every principal with those that call as it. */
  entries(): Iterable<readonly [principal: string, names: readonly string[]]> {
    return this.#names;
  }

  /** All that call as a principal, sorted: accounts may be shared. */
  namesOf(principal: string): readonly string[] {
    return this.#names.get(principal) ?? [];
  }
}
