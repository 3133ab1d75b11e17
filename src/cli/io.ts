import type { Disk } from "../files/disk.ts";
import type { Instant } from "../time/instant.ts";

/** A stream that text is written to. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** In columns. */
  readonly width: number;
}

/** Everything that a run of the program sees of the world. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** At most so many bytes, and one more; the limit of a matrix unless told otherwise. */
  readonly readStdin: (limit?: number) => Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly disk: Disk;
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Between 0 and 1. */
  readonly random: () => number;
}
