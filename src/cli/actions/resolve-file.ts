import { resolveDocument } from "../../matrix/lock/resolve-document.ts";
import type { Instant } from "../../time/instant.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readMatrix } from "../matrix-source.ts";
import type { Session } from "../session.ts";
import { refuse } from "../refuse.ts";

interface Given {
  readonly output?: string;
  readonly asOf?: Instant;
}

/** `matrix resolve`: the matrix as one file of the same meaning. */
export function resolveFile(session: Session, file: string | undefined, given: Given): ExitCode {
  const { io } = session;
  const validated = readMatrix(io, file, given.asOf ?? io.now());
  const { matrix } = validated;
  if (matrix === undefined || validated.findings.some(({ stopsSynth }) => stopsSynth))
    return refuse(session, validated, "resolve");
  const text = `${JSON.stringify(resolveDocument(matrix), null, 2)}\n`;
  if (given.output === undefined || given.output === "-") io.stdout.write(text);
  else io.disk.write(given.output, text);
  return exitCodes.clean.code;
}
