import { partFindings } from "../finding/new-findings.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import type { FindingsBefore } from "../report/findings/finding-report.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import type { Instant } from "../time/instant.ts";
import { type DiffOperand, parseOperand } from "./diff-operand.ts";
import type { Io } from "./io.ts";
import { findMatrix } from "./matrix-source.ts";
import { findVersions } from "./matrix-versions.ts";
import { readEarlierVersion, readVersion } from "./read-version.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A matrix with what is wrong with it that was not wrong before, both versions judged at one moment.
 * @param since the earlier version, as operands of diff are written; where it has no matrix, everything is new
 * @throws UsageError where either cannot be read at all
 */
export function readNewFindings(
  session: Session,
  { file, since }: { readonly file: string | undefined; readonly since: string },
  asOf: Instant,
): { readonly validated: ValidatedMatrix; readonly since: FindingsBefore } {
  const { io, quiet } = session;
  const earlier = parseOperand(since);
  if ("problem" in earlier) throw new UsageError(earlier.problem, earlier.help);
  const { before, after, notes } = findVersions(io, { before: earlier, after: laterOf(io, file), isMergeBase: false });
  if (!after.isPresent) throw new UsageError(`${after.title} does not exist`);
  const absent = before.isPresent ? [] : [`${before.title} does not exist: every finding is new`];
  if (!quiet) for (const note of [...notes, ...absent]) io.stderr.write(`note: ${escapeTerminal(note)}\n`);
  const validated = readVersion(after, asOf);
  const { added, stood } = partFindings(validated.findings, readEarlierVersion(session, before, asOf).findings);
  return {
    validated: { ...validated, findings: added },
    since: { name: before.title, commit: before.commit, stood },
  };
}

/** The matrix that validate is about. It is never a reference. */
function laterOf(io: Io, file: string | undefined): DiffOperand {
  const word = file ?? io.env["MATRIX_FILE"];
  return word === "-" ? { kind: "stdin" } : { kind: "file", name: findMatrix(io, file).name, isBare: false };
}
