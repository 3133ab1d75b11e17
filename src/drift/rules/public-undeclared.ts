import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened, subject } from "../grant-drafts.ts";
import { declaredPublic } from "../declared-public.ts";
import { removeCommand } from "../remove-command.ts";
import { standsInTheWay } from "../stands-in-the-way.ts";

/** Whatever stands in the way of the network, public is public. */
export const publicUndeclared: DriftRule = {
  id: "public-undeclared",
  severity: "error",
  summary: "everybody may call, and the matrix does not say that the service is public",
  criteria: ["CC6.1", "CC6.6"],
  *check(context) {
    yield* grantDrafts(context, "public-undeclared", ({ hop, principal, places, first }) => {
      const way = `through ${hop.role}${hop.level === "service" ? "" : ` on ${hop.resource}`}`;
      const open = declaredPublic(places);
      const remove = removeCommand(hop);
      const isDeclarable = open === undefined && hop.level === "service" && principal === "allUsers";
      return {
        ...(open === undefined ? {} : { severity: "warning" as const }),
        message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)} ${way}, and the matrix ${open === undefined ? `does not open ${new Set(places.map(({ live }) => live.name)).size === 1 ? "it" : "them"}` : `opens it in another way (public via ${open})`}${standsInTheWay(places)}`,
        ...(isDeclarable && first.live.declared !== undefined && remove !== undefined
          ? { instead: `${remove}; if everybody is meant to call it, write public: { reason: WHY } beside it` }
          : {}),
      };
    });
  },
};
