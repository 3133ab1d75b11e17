import { holdsIn } from "../../matrix/model/holds-in.ts";
import type { Row } from "../../access/access.ts";
import { brokenPaths } from "../../matrix/model/broken-paths.ts";
import { briefPath, oneLine } from "../../words/brief.ts";
import type { DriftRule } from "../drift-rule.ts";
import type { DriftContext } from "../drift-context.ts";
import type { Confidence } from "../drift-report.ts";
import { isCovered } from "../grant-findings.ts";
import { liveSteps } from "../live-steps.ts";
import { removeCommand } from "../remove-command.ts";

/** The `never` rules of the matrix, asked about the world as it is. */
export const brokenLive: DriftRule = {
  id: "broken-live",
  severity: "error",
  summary: "a `never` rule of the matrix is broken by what is live",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    const { matrix, world } = context;
    const environment = world.environment.name;
    const rules = matrix.rules.filter(({ value }) => value.never !== undefined && holdsIn(value, environment));
    if (rules.length === 0) return;
    const steps = liveSteps(context);
    for (const { key, value, place } of rules) {
      if (value.never === undefined) continue;
      for (const nodes of brokenPaths(matrix, world, key, value.never, steps.all)) {
        const rows = nodes.slice(1).flatMap((callee, at) => steps.rowsOf(nodes[at] ?? "", callee));
        const isIndirect = rows.some(({ ring }) => ring === "indirect");
        const confidence = confidenceOf(rows);
        const last = rows.at(-1);
        const [caller = "", callee = ""] = nodes.slice(-2);
        yield {
          severity: value.severity ?? "error",
          confidence,
          message: `the rule ${key} forbids ${briefPath(nodes)} (${oneLine(value.reason)}), and ${isIndirect ? "it can come to be so by way of another identity" : sayings[confidence]}`,
          fix: fixOf(rows, context),
          services: [callee],
          caller,
          ...(last === undefined ? {} : { principal: last.principal, resource: last.service.resource }),
          identity: [key, ...nodes],
          paths: rows.flatMap(({ paths }) => paths.slice(0, 1)),
          at: place,
          guardrail: key,
        };
      }
    }
  },
};

const sayings: Readonly<Record<Confidence, string>> = {
  certain: "it is so",
  conditional: "on a condition it is so",
  possible: "it may be so",
};

function confidenceOf(rows: readonly Row[]): Confidence {
  if (rows.some(({ ring, verdict }) => ring === "indirect" || verdict === "unknown")) return "possible";
  return rows.every(({ verdict }) => verdict === "allowed") ? "certain" : "conditional";
}

/** What the matrix does not declare on the way can be removed; where it declares all of it, an edge has to go. */
function fixOf(rows: readonly Row[], { standingOf }: DriftContext): string {
  const commands = rows.flatMap((row) => {
    const path = row.paths.find((each) => !isCovered(standingOf(row, each)));
    const hop = path?.hops[0];
    return (hop === undefined ? undefined : removeCommand(hop)) ?? [];
  });
  if (commands.length === 0) return "delete one of the edges on the way, and apply what matrix synth writes";
  return `remove what is not declared on the way: ${[...new Set(commands)].join("; or ")}`;
}
