import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/**
 * Records of approvals, by the names that a pack gives them.
 * @throws UsageError for a file that is none: what is left out in silence would look like what was never approved
 */
export async function readApprovals(io: Io, given: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { nameRecords, readApproval } = await import("../evidence/evidence.ts");
  const names = given.flatMap((name) =>
    io.disk.isFolder(name) ? io.disk.list(name).filter((file) => file.endsWith(".json")) : [name],
  );
  const records = names.map((name) => {
    const text = Buffer.from(io.disk.readData(name, MAX_RECORD_BYTES)).toString("utf8");
    const facts = readApproval(text);
    if ("problem" in facts)
      throw new UsageError(`${name} is no record of approvals: ${facts.problem}`, "matrix schema --of approvals");
    return [text, facts] as const;
  });
  const repositories = [...new Set(records.map(([, { repository }]) => repository))];
  if (repositories.length > 1)
    throw new UsageError(
      `the records of approvals are of several repositories: ${repositories.join(", ")}`,
      "a matrix is in one: leave out those of the others",
    );
  return nameRecords(records);
}
