import { calleeKinds } from "../../callees/registry.ts";
import type { Service } from "../../matrix/model/world.ts";
import { emailValue } from "./plan-accounts.ts";
import { ownsService } from "./plan-rows.ts";
import type { StackScope } from "./stack-scope.ts";
import type { CheckPlan, ServicePlan } from "./stack-plan.ts";

/** Names of ingress settings as the API and the provider write them (google/cloud/run/v2/service.proto, IngressTraffic). */
export const ingressTraffic = {
  all: "INGRESS_TRAFFIC_ALL",
  internal: "INGRESS_TRAFFIC_INTERNAL_ONLY",
  "internal-and-cloud-load-balancing": "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
} as const;

/** The Cloud Run services that a stack makes: those with an image. */
export function planServices(scope: StackScope): readonly ServicePlan[] {
  const { held } = scope;
  return scope.services.flatMap((service): readonly ServicePlan[] => {
    const { key, project, regions, name, image, account, ingress, iap, stage } = service;
    if (image === undefined || !ownsService(service)) return [];
    return regions.map((region) => ({
      key,
      project: project.id,
      region,
      name,
      image,
      account: emailValue(account.email, held),
      ingress: ingressTraffic[ingress],
      invokerIamDisabled: hasCheckOff(service),
      // Announced by its date; guarded until the end, it could not leave Terraform after it.
      deletionProtection: stage !== "retiring",
      // The pinned provider does not know the argument; the rule provider-too-old demands one that does.
      iapEnabled: iap === "service" ? true : undefined,
    }));
  });
}

/** What is asserted of services that a pipeline deploys, where the matrix asks for check blocks. */
export function planChecks({ matrix, services }: StackScope): readonly CheckPlan[] {
  if (matrix.document.terraform?.checks !== true) return [];
  return services.flatMap((service): readonly CheckPlan[] => {
    const { key, kind, project, regions, name, account, ingress, mode, stage, image } = service;
    if (!calleeKinds[kind].takesRequests || image !== undefined || mode === "observe" || stage === "planned") return [];
    return regions.map((region) => ({
      key,
      project: project.id,
      region,
      name,
      account: account.email,
      ingress: ingressTraffic[ingress],
      invokerIamDisabled: hasCheckOff(service),
    }));
  });
}

/** Whether everybody may call because nobody is checked. A service that retires is open to nobody any more. */
export function hasCheckOff(service: Service): boolean {
  return service.public?.via === "no-invoker-check" && service.stage !== "retiring";
}
