import { declaredPublic } from "../declared-public.ts";
import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, opened } from "../grant-drafts.ts";
import { updateCommand } from "../run-command.ts";
import { standsInTheWay } from "../stands-in-the-way.ts";

/** docs: /run/docs/authenticating/public — the IAM policy stays clean, and everybody may call. */
export const invokerCheckDisabled: DriftRule = {
  id: "invoker-check-disabled",
  severity: "error",
  summary: "the invoker check is off, and the matrix does not say so",
  criteria: ["CC6.1", "CC6.6"],
  *check(context) {
    yield* grantDrafts(context, "invoker-check-disabled", ({ places, first }) => {
      const { declared, service } = first.live;
      const open = declaredPublic(places);
      const where = declared === undefined ? "" : ` in ${service.record.region}`;
      const otherwise = open === undefined ? "" : `, and the matrix opens it in another way (public via ${open})`;
      const check = updateCommand(service, "--invoker-iam-check");
      return {
        ...(open === undefined ? {} : { severity: "warning" as const }),
        message: `everybody may call ${opened(places)}${where}: its invoker check is off, so its IAM policy does not matter${otherwise}${standsInTheWay(places)}`,
        instead:
          declared === undefined || open !== undefined
            ? check
            : `${check}; if everybody is meant to call it, write public: { reason: WHY, via: no-invoker-check } beside it`,
      };
    });
  },
};
