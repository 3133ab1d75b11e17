import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";

/** From the best to the worst: what is unknown outweighs findings, and what was never looked at outweighs both. */
const order: readonly ExitCode[] = [
  exitCodes.clean.code,
  exitCodes.findings.code,
  exitCodes.incomplete.code,
  exitCodes.usage.code,
  exitCodes.bug.code,
];

export function worstCode(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce<ExitCode>((worst, code) => (order.indexOf(code) > order.indexOf(worst) ? code : worst), 0);
}
