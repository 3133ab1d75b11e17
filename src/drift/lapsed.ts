import { parseMember } from "../access/member.ts";
import type { PreviousAccount } from "../matrix/model/world.ts";
import type { Edge } from "../matrix/model/world.ts";
import type { DriftContext } from "./drift-context.ts";

/** The edge by which a principal was allowed to call a service until it expired. */
export function lapsedEdge(principal: string, callee: string, { world, names }: DriftContext): Edge | undefined {
  const callers = names.namesOf(principal);
  return world.idle.find(
    ({ edge, why }) => why === "expired" && edge.callee === callee && callers.includes(edge.caller),
  )?.edge;
}

/** The caller whose previous account a principal is, where the account's time is over and the edge still holds. */
export function lapsedPreviousAccount(
  principal: string,
  callee: string,
  { world, matrix }: DriftContext,
): { readonly caller: string; readonly account: PreviousAccount } | undefined {
  for (const edge of world.holding) {
    if (edge.callee !== callee) continue;
    const account = world.services
      .get(edge.caller)
      ?.previousAccounts.find(
        ({ email, end }) =>
          end !== undefined && matrix.asOf >= end && parseMember(`serviceAccount:${email}`).principal === principal,
      );
    if (account !== undefined) return { caller: edge.caller, account };
  }
  return undefined;
}
