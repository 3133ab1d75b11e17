import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { readPackaged } from "../read-packaged.ts";

/** `matrix schema`: a JSON schema, as it is shipped. */
export function printSchema({ io }: Session, of: string): ExitCode {
  io.stdout.write(readPackaged(`schemas/${of}.schema.json`));
  return exitCodes.clean.code;
}
