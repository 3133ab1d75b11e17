import { Disk } from "../files/disk.ts";
import { FileError } from "../files/file-error.ts";
import { readDescriptor } from "../files/read-bounded.ts";
import type { Instant } from "../time/instant.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Io, Output } from "./io.ts";

/** The real world, as Node.js shows it. */
export function nodeIo(): Io {
  const cwd = process.cwd();
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    readStdin: (limit) => readDescriptor(0, limit),
    env: process.env,
    cwd,
    disk: new Disk(cwd),
    now: () => Date.now() as Instant,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
      }),
    random: () => Math.random(),
  };
}

const DEFAULT_WIDTH = 100;

function outputTo(stream: NodeJS.WriteStream): Output {
  // A reader that closes the pipe early (head) is no error of ours.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.once("exit", () => {
      process.exitCode = exitCodes.incomplete.code;
    });
    if (stream !== process.stderr)
      process.stderr.write(`error: ${new FileError("write", "standard output", error).message}\n`);
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    width: stream.columns ?? DEFAULT_WIDTH,
  };
}
