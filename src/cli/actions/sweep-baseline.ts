import { randomBytes } from "node:crypto";
import type { Baseline } from "../../sweep/baseline.ts";
import type { IdScheme } from "../../sweep/identify.ts";
import type { SweepReport } from "../../sweep/sweep-report.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { count } from "../../words/enumerate-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";

type Sweep = typeof import("../../sweep/sweep.ts");

export interface BaselineOptions {
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly keyFile?: string;
}

/** More than a baseline of 10,000 credentials has. */
const MAX_BASELINE_BYTES = 16 * 1024 * 1024;
const LEAST_KEY_BYTES = 16;
const MAX_KEY_BYTES = 4096;
const SALT_BYTES = 16;

/**
 * The baseline of a command line, and how ids are made so that they can be compared.
 * @throws UsageError where a file is not what it should be
 */
export function readIds(
  { io }: Session,
  sweep: Pick<Sweep, "parseBaseline" | "schemeOf" | "BaselineError">,
  { baseline: name, writeBaseline, keyFile }: BaselineOptions,
): {
  readonly baseline: { readonly name: string; readonly content: Baseline } | undefined;
  readonly scheme: IdScheme | undefined;
} {
  if (writeBaseline !== undefined && io.disk.isFolder(writeBaseline))
    throw new UsageError(`${writeBaseline} is a folder`, "name the file to write");
  const key = keyFile === undefined ? undefined : readKey(io.disk.readData(keyFile, MAX_KEY_BYTES), keyFile);
  if (name === undefined) {
    if (key !== undefined) return { baseline: undefined, scheme: { by: "hmac-sha256", key } };
    const scheme = writeBaseline === undefined ? undefined : { by: "scrypt" as const, salt: randomBytes(SALT_BYTES) };
    return { baseline: undefined, scheme };
  }
  try {
    const content = sweep.parseBaseline(new TextDecoder().decode(io.disk.readData(name, MAX_BASELINE_BYTES)), name);
    return { baseline: { name, content }, scheme: sweep.schemeOf(content, name, key) };
  } catch (error) {
    if (error instanceof sweep.BaselineError) throw new UsageError(error.message, error.help);
    throw error;
  }
}

/** Without the line break that editors put at its end. */
function readKey(bytes: Uint8Array, name: string): Uint8Array {
  const end = bytes.findLastIndex((byte) => byte !== 0x0a && byte !== 0x0d) + 1;
  if (end < LEAST_KEY_BYTES || bytes.length > MAX_KEY_BYTES)
    throw new UsageError(
      `${name} is no key: it must have ${LEAST_KEY_BYTES} to ${MAX_KEY_BYTES} bytes`,
      "make one with: openssl rand -hex 32",
    );
  return bytes.subarray(0, end);
}

/** Why the baseline of a report is not to be written: another would accept a new credential by counting it. */
function reasonAgainst(report: SweepReport, failing: number, { baseline }: BaselineOptions): string | undefined {
  if (!report.complete) return "not everything was read";
  if (baseline === undefined || failing === 0) return undefined;
  return `${count(failing, "credential")} ${failing === 1 ? "is" : "are"} new, or in new places`;
}

/** Whether a baseline will take in all that a report found. */
export function isKept(
  report: SweepReport,
  given: BaselineOptions,
  { isSweepFailure }: Pick<Sweep, "isSweepFailure">,
): boolean {
  const failing = report.credentials.filter(isSweepFailure).length;
  return given.writeBaseline !== undefined && reasonAgainst(report, failing, given) === undefined;
}

/**
 * Writes the baseline of a report, where one is wanted: only of a whole reading, and never over one that was just missed,
 * for then a new credential would be accepted by being counted.
 */
export function keepBaseline(
  { io, quiet }: Session,
  { formatBaseline, isSweepFailure }: Pick<Sweep, "formatBaseline" | "isSweepFailure">,
  report: SweepReport,
  { given, scheme }: { readonly given: BaselineOptions; readonly scheme: IdScheme | undefined },
): ExitCode {
  const failing = report.credentials.filter(isSweepFailure).length;
  const code = !report.complete
    ? exitCodes.incomplete.code
    : failing > 0
      ? exitCodes.findings.code
      : exitCodes.clean.code;
  const { writeBaseline } = given;
  if (writeBaseline === undefined || scheme === undefined) return code;
  const why = reasonAgainst(report, failing, given);
  if (why !== undefined) {
    io.stderr.write(`${escapeTerminal(`${writeBaseline} was not written: ${why}`)}\n`);
    return code;
  }
  io.disk.write(writeBaseline, formatBaseline(report.credentials, report.swept, scheme));
  if (!quiet)
    io.stderr.write(
      `${escapeTerminal(`wrote ${count(report.credentials.length, "credential")} to ${writeBaseline}`)}\n`,
    );
  return exitCodes.clean.code;
}
