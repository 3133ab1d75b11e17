import type { Io, Output } from "../cli/io.ts";
import type { run } from "../cli/run.ts";

/** A run of one command in this process. */
export interface MatrixRun {
  readonly code: Awaited<ReturnType<typeof run>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as from the command line, without a terminal, and keeps what it writes. */
export async function runMatrix(program: typeof run, argv: readonly string[], io: Io): Promise<MatrixRun> {
  let stdout = "";
  let stderr = "";
  const keep = (take: (text: string) => void): Output => ({ write: take, isTerminal: false, width: 100 });
  const code = await program(argv, {
    ...io,
    stdout: keep((text) => {
      stdout += text;
    }),
    stderr: keep((text) => {
      stderr += text;
    }),
  });
  return { code, stdout, stderr };
}
