import type { StackPlan } from "../synth/plan/stack-plan.ts";
import { stackFile } from "../synth/output/manifest.ts";
import { count } from "../words/enumerate-words.ts";
import type { OutputFolder } from "./output-folder.ts";

/** What was synthesized: a line or an object for each stack. */
export function describeOutput(plans: readonly StackPlan[], folder: OutputFolder, format: "text" | "json"): string {
  const rows = plans.map((plan) => ({
    stack: plan.name,
    environment: plan.environment,
    file: folder.path(stackFile(plan.name)),
    accounts: plan.accounts.length,
    rows: plan.rows.length,
    members: plan.rows.reduce((sum, { members }) => sum + members.length, 0),
    services: plan.services.length,
    policies: plan.policies.length,
    imports: plan.imports.length,
    hash: plan.outputs.hash,
  }));
  if (format === "json") return `${JSON.stringify({ schema: "matrix/synth/v1", stacks: rows }, null, 2)}\n`;
  const width = (column: "file" | "stack"): number => Math.max(0, ...rows.map((row) => row[column].length));
  const line = (row: (typeof rows)[number]): string => {
    const parts = [count(row.accounts, "account"), count(row.rows, "row"), count(row.members, "member")];
    const more = [
      ...(row.services > 0 ? [count(row.services, "service")] : []),
      ...(row.policies > 0 ? [count(row.policies, "policy", "policies")] : []),
      ...(row.imports > 0 ? [count(row.imports, "import")] : []),
    ];
    return `${row.stack.padEnd(width("stack"))}  ${row.file.padEnd(width("file"))}  ${[...parts, ...more].join(", ")}\n`;
  };
  return rows.map(line).join("");
}
