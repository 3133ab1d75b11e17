import { isUtf8 } from "node:buffer";
import type { SnapshotProblem } from "./snapshot-problem.ts";

const MIB = 1024 * 1024;

/**
 * The largest snapshot that is read, in bytes: some twenty times one of 10,000 services. A string of V8 holds 512 MiB
 * at most, and the file has to be one.
 */
export const MAX_SNAPSHOT_BYTES = 500 * MIB;

const BYTE_ORDER_MARK = "\ufeff";

/** The bytes of a snapshot file as text. */
export function decodeSnapshot(bytes: Uint8Array, name: string): { readonly text: string } | SnapshotProblem {
  const problem = (what: string, help: string): SnapshotProblem => ({ problem: `${name} ${what}`, help });
  if (bytes.length > MAX_SNAPSHOT_BYTES) {
    return problem(
      `is larger than ${MAX_SNAPSHOT_BYTES / MIB} MiB, and is not read`,
      "make one snapshot for each group of projects, with matrix snapshot --project",
    );
  }
  if (bytes.length === 0) return problem("is empty", "write it again with matrix snapshot");
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return problem("is compressed", "unpack it first, with gunzip");
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return problem(
      "is UTF-16, not UTF-8",
      "take the file as matrix wrote it: a shell that redirects may re-encode, -o does not",
    );
  }
  if (!isUtf8(bytes)) return problem("is not valid UTF-8", "take the file as matrix wrote it");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return { text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
}
