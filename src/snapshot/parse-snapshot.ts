import { decodeSnapshot } from "./decode-snapshot.ts";
import { describeSnapshotError } from "./describe-snapshot-error.ts";
import { validateSnapshot } from "./generated/validate-snapshot.js";
import { sealSnapshot } from "./seal-snapshot.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SnapshotProblem } from "./snapshot-problem.ts";

const FORMAT = "matrix/snapshot/v1";
/** Of a text that stands in a problem. */
const MAX_SHOWN = 60;

const again = "write it again with matrix snapshot, or take the file as matrix wrote it";

/**
 * The snapshot in the bytes of a file, or why there is none to believe.
 * @param name what the file is called in problems. Problems hold text of the file: escape them before they are shown
 */
export function parseSnapshot(bytes: Uint8Array, name: string): Snapshot | SnapshotProblem {
  const decoded = decodeSnapshot(bytes, name);
  if ("problem" in decoded) return decoded;
  const data = parseJson(decoded.text, name);
  if ("problem" in data) return data;
  const format = checkFormat(data.value, name);
  if (format !== undefined) return format;
  if (!validateSnapshot(data.value)) {
    const [error] = validateSnapshot.errors ?? [];
    const what = error === undefined ? "it is not as the schema says" : describeSnapshotError(error);
    return {
      problem: `${name} is not a whole snapshot: ${what}`,
      help: `${again}; matrix schema --of snapshot prints the schema`,
    };
  }
  const snapshot = data.value;
  const { sha256, ...content } = snapshot;
  if (sealSnapshot(content).sha256 !== sha256) {
    return {
      problem: `${name} was changed after it was written: its SHA-256 does not match`,
      help: "do not rely on it: take the file as matrix wrote it, or read again with matrix snapshot",
    };
  }
  return snapshot;
}

function parseJson(text: string, name: string): { readonly value: unknown } | SnapshotProblem {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    // The words of V8 differ between versions of Node, and quote the file. These two have stayed.
    const isCut = error instanceof SyntaxError && /end of JSON input|Unterminated string/.test(error.message);
    return isCut
      ? { problem: `${name} ends too early: it is only the beginning of a JSON file`, help: again }
      : { problem: `${name} is not JSON`, help: again };
  }
}

/** Says what a file is that is something else: a newer snapshot, or another file of matrix. */
function checkFormat(value: unknown, name: string): SnapshotProblem | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const format: unknown = isObject && "schema" in value ? value.schema : undefined;
  if (format === FORMAT) return undefined;
  if (typeof format === "string" && format.startsWith("matrix/snapshot/")) {
    return {
      problem: `${name} is a snapshot of the format ${shown(format)}, and this matrix reads ${FORMAT}`,
      help: "use the version of matrix that wrote it, or a newer one",
    };
  }
  const found = typeof format === "string" ? `its schema is ${shown(format)}` : `it does not say "schema": "${FORMAT}"`;
  return {
    problem: `${name} is not a snapshot: ${found}`,
    help: "give the file that matrix snapshot wrote",
  };
}

function shown(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
