import type { Place } from "../matrix/text/place.ts";
import type { Account } from "../matrix/model/world.ts";
import { compareText } from "../words/compare-text.ts";
import type { DriftContext } from "./drift-context.ts";

/** An account that a declared caller calls as. */
export interface AccountInUse {
  readonly email: string;
  readonly caller: string;
  /** What it is declared to call, sorted. */
  readonly callees: readonly string[];
  /** The stack that makes the account, where Terraform does. */
  readonly stack: string | undefined;
  readonly place: Place;
}

/** The accounts of all callers whose edges hold, by caller. */
export function accountsInUse({ world }: DriftContext): readonly AccountInUse[] {
  const callees = new Map<string, Set<string>>();
  for (const { caller, callee } of world.holding) {
    const known = callees.get(caller);
    if (known === undefined) callees.set(caller, new Set([callee]));
    else known.add(callee);
  }
  return [...callees]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([caller, called]) => {
      const holder = world.services.get(caller) ?? world.callers.get(caller);
      if (holder?.account === undefined) return [];
      return {
        email: holder.account.email.toLowerCase(),
        caller,
        callees: [...called].sort(),
        // Of a service that is only observed, Terraform does not touch the account.
        stack: "mode" in holder && holder.mode === "observe" ? undefined : stackOf(holder.account),
        place: holder.declared.place,
      };
    });
}

function stackOf(account: Account): string | undefined {
  return account.source === "project" && account.manage !== "reference" ? account.project.stack : undefined;
}
