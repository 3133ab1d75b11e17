import { calleeKinds } from "../callees/registry.ts";
import type { ServiceRecord } from "../snapshot/snapshot.ts";

/** Whether Identity-Aware Proxy stands on it. What takes no requests has nothing in front of it, whatever its record says. */
export function isBehindIap({ kind, iapEnabled }: Pick<ServiceRecord, "kind" | "iapEnabled">): boolean {
  return iapEnabled && calleeKinds[kind].takesRequests;
}

/** Whether nobody checks who calls it. */
export function isCheckOff({
  kind,
  invokerCheckDisabled,
}: Pick<ServiceRecord, "kind" | "invokerCheckDisabled">): boolean {
  return invokerCheckDisabled && calleeKinds[kind].takesRequests;
}
