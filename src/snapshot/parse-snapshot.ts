import { decodeSnapshot } from "./decode-snapshot.ts";
import { describeSnapshotError } from "./describe-snapshot-error.ts";
import { validateSnapshot } from "./generated/validate-snapshot.js";
import { isAsSealed, snapshotDigest } from "./seal-snapshot.ts";
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
  const doubt = doubtOf(snapshot);
  if (doubt !== undefined) return { problem: `${name} is not a whole snapshot: ${doubt}`, help: again };
  if (!isAsSealed(decoded.text, snapshot) && snapshotDigest(snapshot) !== snapshot.sha256) {
    return {
      problem: `${name} was changed after it was written: its SHA-256 does not match`,
      help: "do not rely on it: take the file as matrix wrote it, or read again with matrix snapshot",
    };
  }
  return snapshot;
}

/**
 * What no schema says: moments that are ones, and one record of each thing, since of two one would hide the other.
 * Accounts may come twice: a list of Google that changes from page to page names one again.
 */
function doubtOf({ startedAt, finishedAt, scopes, containers, projects, roles, groups }: Snapshot): string | undefined {
  const wrong = [startedAt, finishedAt].find((text) => !isMoment(text));
  if (wrong !== undefined) return `${shown(wrong)} is no moment`;
  const lists = [
    scopes.map((each) => each.resource),
    containers.map((each) => each.resource),
    projects.map((each) => each.project),
    ...projects.map(({ services }) => ("value" in services ? services.value.map(placeOf) : [])),
    ...projects.map(({ jobs }) => ("value" in jobs ? jobs.value.map(placeOf) : [])),
    roles.map((each) => each.name),
    groups.map((each) => each.email),
  ];
  const twice = lists.flatMap((names) => firstTwice(names) ?? [])[0];
  return twice === undefined ? undefined : `it has two records of ${shown(twice)}`;
}

function placeOf({ region, name }: { readonly region: string; readonly name: string }): string {
  return `${region}/${name}`;
}

function firstTwice(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

/** Before and after what is no moment is nothing: what has expired would be in force. */
function isMoment(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
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
