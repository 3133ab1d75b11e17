import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import type { EdgeChange } from "../picture/draft-grid.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import type { Instant } from "../time/instant.ts";
import { type DiffOperand, parseOperand } from "./diff-operand.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { findVersions, type MatrixVersion } from "./matrix-versions.ts";
import { readEarlierVersion, readVersion } from "./read-version.ts";
import { refuse } from "./refuse.ts";
import type { Session } from "./session.ts";
import { usableMatrix } from "./usable-matrix.ts";
import { UsageError } from "./usage-error.ts";

interface ReadVersion extends MatrixVersion {
  readonly validated: ValidatedMatrix;
}

/** A matrix and an earlier version of it. */
export interface Since {
  readonly before: ReadVersion;
  readonly after: ReadVersion;
}

/**
 * Reads a matrix beside an earlier version of it, as `matrix diff BASE` does.
 * @param head the matrix on the disk; the one that is found without a name
 * @returns the exit code where the earlier one cannot be used, which is explained by then
 * @throws UsageError where one of them cannot be read
 */
export function readSince(
  session: Session,
  { base, head, asOf }: { readonly base: string; readonly head: string | undefined; readonly asOf: Instant },
): Since | ExitCode {
  const found = findVersions(session.io, { before: operandOf(base), after: fileOf(head), isMergeBase: false });
  if (!session.quiet) for (const note of found.notes) session.io.stderr.write(`note: ${escapeTerminal(note)}\n`);
  const before = { ...found.before, validated: readEarlierVersion(session, found.before, asOf) };
  if (usableMatrix(before.validated) === undefined) {
    session.io.stderr.write(`error: ${escapeTerminal(before.title)} has no definite meaning:\n`);
    return refuse(session, before.validated, "graph", exitCodes.usage.code);
  }
  return { before, after: { ...found.after, validated: readVersion(found.after, asOf) } };
}

/** The edges of one environment that came and went; those of the internet as well. */
export async function edgesSince({ before, after }: Since, environment: string): Promise<readonly EdgeChange[]> {
  const [old, now] = [usableMatrix(before.validated), usableMatrix(after.validated)];
  if (old === undefined || now === undefined) return [];
  const { diffMatrices } = await import("../diff/diff.ts");
  const side = ({ title, commit, isPresent, validated: { locate } }: ReadVersion) => ({
    side: { name: title, commit, isPresent },
    locate,
  });
  const { changes } = diffMatrices({
    before: { ...side(before), matrix: old },
    after: { ...side(after), matrix: now },
    environments: [environment],
  });
  return changes.flatMap(({ kind, from, to, subject }): readonly EdgeChange[] => {
    const isEdge = kind === "edge-added" || kind === "edge-removed";
    if (!isEdge && kind !== "public-added" && kind !== "public-removed") return [];
    const state = kind.endsWith("-added") ? "gained" : "lost";
    const ends = isEdge ? { from, to } : { from: INTERNET, to: subject };
    return ends.from === null || ends.to === null ? [] : [{ from: ends.from, to: ends.to, state }];
  });
}

function operandOf(word: string): DiffOperand {
  const operand = parseOperand(word);
  if ("problem" in operand) throw new UsageError(operand.problem, operand.help);
  return operand;
}

/** The matrix of a command line is always a file, never a reference. */
function fileOf(word: string | undefined): DiffOperand | undefined {
  if (word === undefined) return undefined;
  return word === "-" ? { kind: "stdin" } : { kind: "file", name: word, isBare: false };
}
