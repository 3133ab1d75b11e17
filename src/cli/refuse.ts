import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import { text } from "../report/findings/text.ts";
import { findingReport } from "./finding-report.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Session } from "./session.ts";

/**
 * Says on standard error what keeps a command from going on.
 * @param code how the command ends: with findings, where the matrix is what it is about; else the matrix is its input
 */
export function refuse(
  { io, color, quiet, verbose }: Session,
  validated: ValidatedMatrix,
  command: string,
  code: ExitCode = exitCodes.findings.code,
): ExitCode {
  const stopping = { ...validated, findings: validated.findings.filter(({ stopsSynth }) => stopsSynth) };
  io.stderr.write(
    text(findingReport(stopping, undefined, "error"), { color: color.stderr, width: io.stderr.width, quiet, verbose }),
  );
  io.stderr.write(`matrix ${command} cannot go on with this matrix.\n`);
  return code;
}
