import type { Severity } from "../../finding/severity.ts";
import { isFailure } from "../../report/findings/finding-report.ts";
import type { FormatName } from "../../report/findings/format-names.ts";
import { formats } from "../../report/findings/formats.ts";
import type { Instant } from "../../time/instant.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findingReport } from "../finding-report.ts";
import { checkEnvironments, readMatrix } from "../matrix-source.ts";
import { nameForFormat } from "../name-for-format.ts";
import { readNewFindings } from "../read-new-findings.ts";
import type { Session } from "../session.ts";

interface Given {
  readonly format?: FormatName;
  readonly failOn?: Severity;
  readonly asOf?: Instant;
  readonly env?: readonly string[];
  readonly newSince?: string;
}

/** `matrix validate`: everything that is wrong with a matrix, on standard output. */
export function validateFile(session: Session, file: string | undefined, given: Given): ExitCode {
  const { io, color, quiet, verbose } = session;
  const asOf = given.asOf ?? io.now();
  const failOn = given.failOn ?? "error";
  const { validated, since } =
    given.newSince === undefined
      ? { validated: readMatrix(io, file, asOf), since: undefined }
      : readNewFindings(session, { file, since: given.newSince }, asOf);
  checkEnvironments(validated, given.env);
  const report = findingReport(nameForFormat(io, given.format, validated), given.env, failOn, since);
  io.stdout.write(
    formats[given.format ?? "text"](report, { color: color.stdout, width: io.stdout.width, quiet, verbose }),
  );
  const worst = report.findings.find((finding) => isFailure(finding, report));
  // A hint for a person who looks on; the result itself is the same wherever it goes.
  if (worst !== undefined && io.stderr.isTerminal && !quiet && (given.format ?? "text") === "text") {
    io.stderr.write(`matrix explain ${worst.rule} says more\n`);
  }
  return worst !== undefined ? exitCodes.findings.code : exitCodes.clean.code;
}
