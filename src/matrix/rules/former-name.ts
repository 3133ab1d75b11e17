import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { type Place, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** Terraform refuses two moves from or to one address, and a move from an address that is still in use. */
export const formerName: Rule = {
  id: "former-name",
  severity: "error",
  summary: "a former name that lives, or that two services had",
  stopsSynth: true,
  *check({ names }) {
    const taken = new Map<string, { readonly by: string; readonly place: Place }>();
    for (const { section, key, value, place } of names.values()) {
      if (section !== "services") continue;
      for (const [index, former] of (value.formerNames ?? []).entries()) {
        const at = valueAt(place.file, ...place.path, "formerNames", index);
        const alive = names.get(former);
        const other = taken.get(former);
        if (former === key) {
          yield { message: `${key} names itself as a former name`, help: "delete it", at, service: key };
        } else if (alive !== undefined) {
          yield {
            message: `${key} was called ${former}, and another ${former} is declared`,
            help: "a name that moved cannot live again; choose another",
            at,
            related: [{ message: `${former} stands here`, at: alive.place }],
            service: key,
          } satisfies Draft;
        } else if (other !== undefined) {
          yield {
            message: `${key} and ${other.by} were both called ${former}`,
            help: "only one of them can be its successor",
            at,
            related: [{ message: `${other.by} claims it here`, at: other.place }],
            service: key,
          } satisfies Draft;
        } else taken.set(former, { by: key, place: at });
      }
    }
  },
};

/**
 * Whether one of two names is a former name of the other, or both have one. `former-name` tells of it; that they then
 * have one account and one Cloud Run name follows from it.
 */
export function sharePast({ names }: Matrix, one: string, other: string): boolean {
  const past = (name: string): readonly string[] => {
    const declared = names.get(name);
    return [name, ...(declared?.section === "services" ? (declared.value.formerNames ?? []) : [])];
  };
  const before = new Set(past(one));
  return past(other).some((name) => before.has(name));
}
