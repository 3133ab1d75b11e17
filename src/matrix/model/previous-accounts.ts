import type { Instant } from "../../time/instant.ts";
import type { PreviousAccount } from "./world.ts";

/** Whether a previous account may still call: rows hold it until its end. One whose end cannot be read never may. */
export function mayStillCall({ end }: Pick<PreviousAccount, "end">, asOf: Instant): boolean {
  return end !== undefined && asOf < end;
}
