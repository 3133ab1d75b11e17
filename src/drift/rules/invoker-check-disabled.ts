import { shellCommand } from "../../shell/quote-shell.ts";
import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, opened } from "../grant-drafts.ts";
import { standsInTheWay } from "../stands-in-the-way.ts";

/** docs: /run/docs/authenticating/public — the IAM policy stays clean, and everybody may call. */
export const invokerCheckDisabled: DriftRule = {
  id: "invoker-check-disabled",
  severity: "error",
  summary: "the invoker check is off, and the matrix does not say so",
  criteria: ["CC6.1", "CC6.6"],
  *check(context) {
    yield* grantDrafts(context, "invoker-check-disabled", ({ places, first }) => {
      const { record, project } = first.live.service;
      const words = ["gcloud", "run", "services", "update", record.name, "--invoker-iam-check"];
      return {
        message: `everybody may call ${opened(places)} in ${record.region}: its invoker check is off, so its IAM policy does not matter${standsInTheWay(places)}`,
        instead: shellCommand([...words, "--region", record.region, "--project", project]),
      };
    });
  },
};
