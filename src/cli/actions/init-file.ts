import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { isFoundByItself } from "../matrix-source.ts";
import { starter } from "../starter.ts";
import { UsageError } from "../usage-error.ts";

/** `matrix init`: a commented matrix, where none is yet. */
export function initFile({ io, quiet }: Session, file: string): ExitCode {
  if (io.disk.exists(file)) throw new UsageError(`${file} exists already`, "name another file: matrix init FILE");
  io.disk.write(file, starter);
  const name = isFoundByItself(file) ? "" : ` ${escapeTerminal(file)}`;
  if (!quiet)
    io.stderr.write(
      `Wrote ${escapeTerminal(file)}. Fill in your project and services, then: matrix validate${name} && matrix synth${name}\n`,
    );
  return exitCodes.clean.code;
}
