import { calleeKinds } from "../../callees/registry.ts";
import type { DriftRule } from "../drift-rule.ts";
import { updateCommand } from "../run-command.ts";

/** Identity-Aware Proxy on a service decides who its callers are. */
export const iapDiffers: DriftRule = {
  id: "iap-differs",
  severity: "error",
  summary: "Identity-Aware Proxy is on where the matrix does not say so, or off where it does",
  criteria: ["CC6.1", "CC6.6"],
  *check({ live }) {
    for (const { declared, service, name } of live) {
      const { iapEnabled, kind, region } = service.record;
      const isWanted = declared?.iap === "service";
      if (declared === undefined || !calleeKinds[kind].takesRequests || iapEnabled === isWanted) continue;
      yield {
        ...(iapEnabled ? { severity: "warning" as const } : {}),
        message: iapEnabled
          ? `Identity-Aware Proxy stands before ${name} in ${region}, and the matrix does not say so: its callers are who may pass it`
          : `the matrix puts Identity-Aware Proxy before ${name}, and in ${region} it is off`,
        fix: iapEnabled
          ? `write iap: service beside it in the matrix; or switch it off: ${updateCommand(service, "--no-iap")}`
          : updateCommand(service, "--iap"),
        services: [name],
        resource: service.resource,
        identity: [service.resource, iapEnabled ? "on" : "off"],
        at: declared.declared.place,
        // Terraform does not switch it off.
      };
    }
  },
};
