import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

const MAX_STATE_BYTES = 256 * 1024 * 1024;

/**
 * What a Terraform state says, in a file or on standard input (`-`).
 * @throws UsageError where it is no state
 */
export function readStateText<T>(io: Io, name: string, parse: (text: string) => T | undefined): T {
  const bytes = name === "-" ? io.readStdin(MAX_STATE_BYTES) : io.disk.readData(name, MAX_STATE_BYTES);
  const state = parse(Buffer.from(bytes).toString("utf8"));
  if (state === undefined)
    throw new UsageError(
      `${name === "-" ? "standard input" : name} is no Terraform state`,
      "give a state file, what terraform state pull prints, or what terraform show -json prints",
    );
  return state;
}
