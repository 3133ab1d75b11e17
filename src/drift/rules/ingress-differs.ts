import { calleeKinds } from "../../callees/registry.ts";
import { ingressWidth } from "../../matrix/model/ingress-width.ts";
import type { DriftRule } from "../drift-rule.ts";
import { updateCommand } from "../run-command.ts";
import { addedToService } from "../terraform-owns.ts";

/** docs: /run/docs/securing/ingress — Terraform does not see a change to it that it did not write. */
export const ingressDiffers: DriftRule = {
  id: "ingress-differs",
  severity: "warning",
  summary: "requests may reach a service from elsewhere than the matrix says",
  criteria: ["CC6.6"],
  *check({ live }) {
    for (const { declared, service, name } of live) {
      const { ingress, kind, region } = service.record;
      if (declared === undefined || !calleeKinds[kind].takesRequests || ingress === declared.ingress) continue;
      const isWider = ingressWidth(ingress) > ingressWidth(declared.ingress);
      // The language has no word for the other two.
      const isSayable = ingress !== "unknown" && ingress !== "none";
      const alternative = isSayable ? `; or, if it is right, write ingress: ${ingress} beside it in the matrix` : "";
      yield {
        ...(isWider ? { severity: "error" as const } : {}),
        ...(ingress === "unknown" ? { confidence: "possible" as const } : {}),
        message: `${name} takes requests in ${region} with ingress ${ingress}, and the matrix says ${declared.ingress}`,
        fix: `${updateCommand(service, "--ingress", declared.ingress)}${alternative}`,
        services: [name],
        resource: service.resource,
        identity: [service.resource, ingress],
        at: declared.declared.place,
        // A wider door is told whatever is on its way.
        ...(isWider ? {} : addedToService(declared)),
      };
    }
  },
};
