import { brokenPaths } from "../../matrix/model/broken-paths.ts";
import { briefPath, oneLine } from "../../matrix/rules/brief.ts";
import type { DriftRule } from "../drift-rule.ts";
import { liveSteps } from "../live-steps.ts";

/** The `never` rules of the matrix, asked about the world as it is. */
export const brokenLive: DriftRule = {
  id: "broken-live",
  severity: "error",
  summary: "a `never` rule of the matrix is broken by what is live",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    const { matrix, world } = context;
    const environment = world.environment.name;
    const rules = matrix.rules.filter(
      ({ value }) => value.never !== undefined && value.environments?.includes(environment) !== false,
    );
    if (rules.length === 0) return;
    const steps = liveSteps(context);
    for (const { key, value, place } of rules) {
      if (value.never === undefined) continue;
      for (const nodes of brokenPaths(matrix, world, key, value.never, steps.all)) {
        const rows = nodes.slice(1).flatMap((callee, at) => steps.rowsOf(nodes[at] ?? "", callee));
        const isIndirect = rows.some(({ ring }) => ring === "indirect");
        const isSure = rows.every(({ verdict }) => verdict === "allowed");
        const [caller = "", callee = ""] = nodes.slice(-2);
        yield {
          severity: value.severity ?? "error",
          confidence: isIndirect ? "possible" : isSure ? "certain" : "conditional",
          message: `the rule ${key} forbids ${briefPath(nodes)} (${oneLine(value.reason)}), and it is so${isIndirect ? " by way of an account that can be taken on" : ""}`,
          fix: "remove one of the grants on the way",
          services: [callee],
          caller,
          identity: [key, ...nodes],
          paths: rows.flatMap(({ paths }) => paths.slice(0, 1)),
          at: place,
          guardrail: key,
        };
      }
    }
  },
};
