import type { Matrix } from "../matrix/model/matrix.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** More than a snapshot of 10,000 services with 100,000 bindings has. */
const MAX_SNAPSHOT_BYTES = 512 * 1024 * 1024;

/**
 * A snapshot that was kept in a file; `-` is standard input.
 * @throws UsageError where it is none
 */
export async function readKeptSnapshot({ io }: Pick<Session, "io">, name: string): Promise<Snapshot> {
  const { parseSnapshot } = await import("../drift/drift.ts");
  const bytes = name === "-" ? io.readStdin(MAX_SNAPSHOT_BYTES) : io.disk.readData(name, MAX_SNAPSHOT_BYTES);
  const parsed = parseSnapshot(bytes, name === "-" ? "standard input" : name);
  if ("problem" in parsed) throw new UsageError(parsed.problem, parsed.help);
  return parsed;
}

/**
 * Refuses a snapshot that was made for other projects: it would look like a world without services.
 * @param names environments of the matrix, of which one must be in it
 * @throws UsageError where none is
 */
export function checkCovers(snapshot: Snapshot, { environments }: Matrix, names: readonly string[]): void {
  const asked = environments.filter(({ name }) => names.includes(name));
  const has = new Set(snapshot.projects.map(({ project }) => project));
  if (asked.length === 0 || asked.some(({ projects }) => projects.some(({ id }) => has.has(id)))) return;
  throw new UsageError(
    `the snapshot has no project of ${names.join(", ")}`,
    `it was read for ${snapshot.environment ?? "no environment"}: read one with matrix snapshot --env ${names[0] ?? ""}`,
  );
}
