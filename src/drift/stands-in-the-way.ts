import type { GrantAt } from "./grant-findings.ts";

/** What still keeps requests from a service that everybody may call; it is told beside, and excuses nothing. */
export function standsInTheWay(places: readonly GrantAt[]): string {
  const [first] = places;
  if (first === undefined || places.length > 1) return "";
  const { ingress, defaultUrlDisabled, iapEnabled } = first.live.service.record;
  const obstacles = [
    ...(ingress === "all" ? [] : [`ingress ${ingress}`]),
    ...(defaultUrlDisabled ? ["default URL off"] : []),
    ...(iapEnabled ? ["Identity-Aware Proxy on"] : []),
  ];
  return obstacles.length === 0 ? "" : ` (in the way today: ${obstacles.join(", ")})`;
}
