import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Io, Output } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import { Disk } from "../../src/files/disk.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";

/** What a command wrote, in its order, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly written: readonly { readonly to: "stdout" | "stderr"; readonly text: string }[];
}

export interface World {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: Uint8Array;
  /** A terminal of so many columns, instead of a pipe. */
  readonly terminal?: number;
}

/** The day on which every test of the command line runs. */
export const TODAY = parseInstant("2026-11-22") as Instant;

/** Runs the whole program in this process, in a folder, on a fixed day. */
export async function runMatrix(argv: readonly string[], { cwd, env = {}, stdin, terminal }: World): Promise<Ran> {
  const written: { to: "stdout" | "stderr"; text: string }[] = [];
  let slept = 0;
  const output = (to: "stdout" | "stderr"): Output => ({
    write: (text) => void written.push({ to, text }),
    isTerminal: terminal !== undefined,
    width: terminal ?? 100,
  });
  const io: Io = {
    stdout: output("stdout"),
    stderr: output("stderr"),
    readStdin: () => stdin ?? new Uint8Array(),
    env,
    cwd,
    disk: new Disk(cwd),
    now: () => (TODAY + slept) as Instant,
    // Waiting takes no time, and the clock believes that it did.
    sleep: (milliseconds) => {
      slept += milliseconds;
      return Promise.resolve();
    },
    random: () => 0.5,
  };
  const code = await run(argv, io);
  const textOf = (wanted: string): string => written.flatMap(({ to, text }) => (to === wanted ? [text] : [])).join("");
  return { code, stdout: textOf("stdout"), stderr: textOf("stderr"), written };
}

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "matrix-test-")));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
