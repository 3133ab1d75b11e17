import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { MAX_FILE_BYTES } from "../matrix/text/decode-text.ts";

/** Enough for most files in one go; each further chunk is twice as large. */
const FIRST_CHUNK_BYTES = 16 * 1024;
/** Between two looks at a pipe whose writer is slower. */
const WAIT_MS = 5;

/**
 * The bytes of an open file, pipe or socket, one more than the limit at most (that of a matrix, unless told otherwise):
 * a device that never ends is not read any further.
 */
export function readDescriptor(descriptor: number, limit = MAX_FILE_BYTES): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let wanted = FIRST_CHUNK_BYTES; size <= limit; wanted *= 2) {
    const chunk = Buffer.allocUnsafe(Math.min(wanted, limit + 1 - size));
    const read = readChunk(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
  return Buffer.concat(chunks);
}

/**
 * The bytes of a file, or of a pipe that somebody writes to.
 * @returns undefined for a pipe that nobody writes to: to wait for a writer could mean to wait for ever
 */
export function readBounded(path: string, limit = MAX_FILE_BYTES): Uint8Array | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = readDescriptor(descriptor, limit);
    return bytes.length === 0 && fstatSync(descriptor).isFIFO() ? undefined : bytes;
  } finally {
    closeSync(descriptor);
  }
}

function readChunk(descriptor: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
