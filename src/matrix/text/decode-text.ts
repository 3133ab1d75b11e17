import { isUtf8 } from "node:buffer";

/** The largest file that is read, in bytes: 20 times a matrix of 1,000 services with 10 callers each. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** What is said of a file that is larger. */
export const tooLarge = {
  problem: `the file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB, and is not read`,
  help: "split the matrix with include, or check that this is the file you meant",
} as const;

const BYTE_ORDER_MARK = "\ufeff";

export type Decoded = { readonly text: string } | { readonly problem: string; readonly help: string };

/**
 * Bytes of a file as text: UTF-8, with or without a byte order mark. Everything else is a problem that says what it
 * looks like and what to do.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_FILE_BYTES) return tooLarge;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: "the file is UTF-16, not UTF-8", help: "save it as UTF-8" };
  }
  if (bytes.includes(0))
    return { problem: "the file is binary, not text", help: "check that this is the file you meant" };
  if (!isUtf8(bytes)) return { problem: "the file is not valid UTF-8", help: "save it as UTF-8" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return { text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
}
