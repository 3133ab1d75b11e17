import { ELSEWHERE_KEY } from "../matrix/model/adopted-text.ts";
import type { Mode } from "../matrix/schema/generated/document.ts";
import type { ChangedLine } from "../modes/changed-lines.ts";
import type { ModeChange, ServicePlan } from "../modes/plan-modes.ts";
import { formatJson } from "../report/json/format-json.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { compareText } from "../words/compare-text.ts";

interface Description {
  readonly mode: Mode;
  readonly format: "text" | "json";
  readonly quiet: boolean;
  /** The lines that would change, by file; undefined where they were written. */
  readonly lines: ReadonlyMap<string, readonly ChangedLine[]> | undefined;
}

/** What was written, or would be: by file, then service. */
export function describeModes(plans: readonly ServicePlan[], { mode, format, quiet, lines }: Description): string {
  const files = [...new Set(plans.flatMap(({ file, after }) => (after === undefined ? [] : [file])))].sort(compareText);
  const kept = plans.flatMap(({ service, kept: environments }) => environments.map((each) => ({ service, ...each })));
  if (format === "json")
    return formatJson({
      schema: "matrix/modes-set/v1",
      written: lines === undefined,
      files: files.map((file) => ({
        file,
        changes: plans.flatMap((plan) =>
          plan.file === file ? plan.changes.map(({ key, from, to }) => ({ service: plan.service, key, from, to })) : [],
        ),
      })),
      kept,
    });
  if (quiet) return "";
  const text = [
    ...files.flatMap((file) => [
      `${lines === undefined ? "changed" : "would change"} ${file}`,
      ...plans.flatMap((plan) =>
        plan.file === file ? plan.changes.map((change) => `  ${plan.service}  ${describeChange(change, mode)}`) : [],
      ),
      ...(lines?.get(file) ?? []).map((line) => `  ${String(line.number).padStart(5)} ${line.sign} ${line.text}`),
    ]),
    ...(files.length === 0 && kept.length === 0 ? [`nothing to change: the mode is ${mode} already`] : []),
    ...kept.map(
      (each) =>
        `${each.service} stays at ${each.mode} in ${each.environment}: its override says so; to change it, add --env ${each.environment}`,
    ),
  ];
  return text.map((line) => `${escapeTerminal(line)}\n`).join("");
}

function describeChange({ key, from, to }: ModeChange, mode: Mode): string {
  if (to === null)
    return key.endsWith(ELSEWHERE_KEY)
      ? `${key} deleted`
      : `${key} deleted (was ${from}): without it the mode is ${mode}`;
  return from === null ? `${key}: ${to}` : `${key}: ${from} -> ${to}`;
}
