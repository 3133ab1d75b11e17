import { rules } from "../../matrix/rules/registry.ts";
import { paint } from "../../report/terminal/paint.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";

/** `matrix rules`: every rule with its severity and what it finds. */
export function listRules({ io, color }: Session, format: string): ExitCode {
  const list = Object.values(rules).map(({ id, severity, summary, stopsSynth }) => ({
    id,
    severity,
    stopsSynth,
    summary,
  }));
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
