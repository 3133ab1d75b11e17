import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/**
 * Records of approvals, by the names that a pack gives them.
 * @throws UsageError for a file that is none: what is left out in silence would look like what was never approved
 */
export async function readApprovals(io: Io, given: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { readApproval } = await import("../evidence/evidence.ts");
  const names = given.flatMap((name) =>
    io.disk.isFolder(name) ? io.disk.list(name).filter((file) => file.endsWith(".json")) : [name],
  );
  const found = new Map<string, string>();
  for (const name of names) {
    const text = Buffer.from(io.disk.readData(name, MAX_RECORD_BYTES)).toString("utf8");
    const facts = readApproval(text);
    if ("problem" in facts)
      throw new UsageError(`${name} is no record of approvals: ${facts.problem}`, "matrix schema --of approvals");
    const start = `approvals/${facts.pullRequest}-${facts.head.slice(0, 12)}`;
    let file = `${start}.json`;
    for (let again = 2; found.has(file) && found.get(file) !== text; again += 1) file = `${start}-${again}.json`;
    found.set(file, text);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
