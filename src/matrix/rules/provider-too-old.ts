import type { Draft } from "../../finding/draft.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** iap_enabled of google_cloud_run_v2_service is in the provider since 7.21 (CHANGELOG of terraform-provider-google). */
const needed = [7, 21] as const;

/** An older provider would reset Identity-Aware Proxy whenever it updates the service. */
export const providerTooOld: Rule = {
  id: "provider-too-old",
  severity: "error",
  summary: "a service with image behind IAP, and a provider that does not know IAP",
  stopsSynth: true,
  *check(matrix) {
    const constraint = matrix.document.terraform?.google;
    if (constraint !== undefined && admitsOnly(constraint)) return;
    for (const { service, environment } of eachService(matrix)) {
      if (service.image === undefined || service.iap !== "service") continue;
      yield {
        message: `Terraform makes ${service.key}, and a google provider before ${needed.join(".")} may switch its IAP off`,
        help: `set terraform: { google: "~> ${needed.join(".")}" }, or deploy ${service.key} with a pipeline (no image)`,
        at: fieldPlace(service, environment, "iap"),
        environment,
        service: service.key,
      } satisfies Draft;
    }
  },
};

/** Whether a version constraint lets in no version before the needed one. */
function admitsOnly(constraint: string): boolean {
  return constraint.split(",").some((part) => {
    const match = /^\s*(=|>=|>|~>)?\s*(\d+)(?:\.(\d+))?/.exec(part);
    if (match === null) return false;
    const [major, minor] = [Number(match[2]), Number(match[3] ?? 0)];
    return major > needed[0] || (major === needed[0] && minor >= needed[1]);
  });
}
