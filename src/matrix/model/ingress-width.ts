import type { Ingress } from "../schema/generated/document.ts";

/** From where requests may arrive, the fewest places first (docs: /run/docs/securing/ingress). */
const widths: Readonly<Record<Ingress, number>> = { internal: 0, "internal-and-cloud-load-balancing": 1, all: 2 };

const byName: ReadonlyMap<string, number> = new Map(Object.entries(widths));

/**
 * How wide an ingress opens a service, to be compared with another's.
 * @param written as the language has it; what it has no word for, as none, is narrower than all that it has
 */
export function ingressWidth(written: string): number {
  return byName.get(written) ?? -1;
}
