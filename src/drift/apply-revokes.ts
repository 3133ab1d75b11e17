import type { Hop } from "../access/access.ts";
import type { Live } from "./drift-context.ts";
import { ownsRow } from "./terraform-owns.ts";

/** What an apply does about a grant whose time is over; undefined where Terraform does not touch the row. */
export function applyRevokes({ level }: Hop, { declared }: Live): string | undefined {
  if (declared === undefined || !ownsRow(declared)) return undefined;
  // Who passes Identity-Aware Proxy is a row where the service has it itself.
  if (level === "iap" && declared.iap !== "service") return undefined;
  return declared.mode === "add"
    ? "apply what matrix synth writes, which revokes it if Terraform granted it"
    : "apply what matrix synth writes, which revokes it";
}
