import type { GivenLog } from "../audit/read-items.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** More than an export of a year of a large organization has. */
const MAX_LOG_BYTES = 512 * 1024 * 1024;

/**
 * Logs that were kept in files; `-` is standard input.
 * @throws UsageError where one is none
 */
export async function readLogs({ io }: Pick<Session, "io">, names: readonly string[]): Promise<readonly GivenLog[]> {
  const { readLog } = await import("../audit/audit.ts");
  return names.map((file) => {
    const name = file === "-" ? "standard input" : file;
    const bytes = file === "-" ? io.readStdin(MAX_LOG_BYTES) : io.disk.readData(file, MAX_LOG_BYTES);
    if (bytes.length > MAX_LOG_BYTES) throw new UsageError(`${name} is larger than 512 MB`, "split it by time");
    const read = readLog(Buffer.from(bytes).toString("utf8"), name);
    if ("problem" in read) throw new UsageError(read.problem, read.help);
    return { name, ...read };
  });
}
