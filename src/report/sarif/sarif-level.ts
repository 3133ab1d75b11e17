import type { Severity } from "../../finding/severity.ts";

/** The levels of SARIF by severity. */
export const sarifLevels = { error: "error", warning: "warning", info: "note" } as const satisfies Readonly<
  Record<Severity, string>
>;
