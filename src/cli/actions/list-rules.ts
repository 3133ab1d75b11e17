import { diffRules } from "../../diff/diff-rules.ts";
import { guardRules } from "../../guard/guard-rules.ts";
import type { Severity } from "../../finding/severity.ts";
import { rules } from "../../matrix/rules/registry.ts";
import { paint } from "../../report/terminal/paint.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";

interface ListedRule {
  readonly id: string;
  readonly foundBy: "validate" | "drift" | "diff" | "guard";
  readonly severity: Severity;
  readonly stopsSynth: boolean;
  readonly summary: string;
}

/** `matrix rules`: every rule with its severity and what it finds, those of validate, drift, diff and guard. */
export async function listRules({ io, color }: Session, format: string): Promise<ExitCode> {
  const { driftRules } = await import("../../drift/drift.ts");
  const list: readonly ListedRule[] = [
    ...Object.values(rules).map(({ id, severity, summary, stopsSynth }): ListedRule => ({
      id,
      foundBy: "validate",
      severity,
      stopsSynth,
      summary,
    })),
    ...listed("drift", driftRules),
    ...listed("diff", diffRules),
    ...listed("guard", guardRules),
  ];
  if (format === "json") {
    io.stdout.write(`${JSON.stringify({ schema: "matrix/rules/v1", rules: list }, null, 2)}\n`);
    return exitCodes.clean.code;
  }
  const style = paint(color.stdout);
  const width = Math.max(...list.map(({ id }) => id.length));
  for (const { id, severity, summary } of list)
    io.stdout.write(`${id.padEnd(width)}  ${style(severity, severity.padEnd(7))}  ${summary}\n`);
  return exitCodes.clean.code;
}

function listed(
  foundBy: ListedRule["foundBy"],
  found: Readonly<Record<string, Pick<ListedRule, "id" | "severity" | "summary">>>,
): readonly ListedRule[] {
  return Object.values(found).map(({ id, severity, summary }) => ({
    id,
    foundBy,
    severity,
    stopsSynth: false,
    summary,
  }));
}
