import { planMember } from "./plan-accounts.ts";
import { ownsService } from "./plan-rows.ts";
import type { StackScope } from "./stack-scope.ts";
import type { IapRowPlan } from "./stack-plan.ts";

/** The one predefined role that lets through. docs: /iap/docs/managing-access */
const IAP_ROLE = "roles/iap.httpsResourceAccessor";

/**
 * Who comes through Identity-Aware Proxy, for each region of a service that has it itself. Its row in Cloud Run holds the
 * proxy's agent alone. Behind a load balancer the proxy has no resource that the matrix knows.
 */
export function planIapRows({ services, iapRows, held }: StackScope): readonly IapRowPlan[] {
  return services.flatMap((service): readonly IapRowPlan[] => {
    const { key, iap, project, regions, name, mode, stage } = service;
    if (iap !== "service" || mode === "observe" || stage === "planned") return [];
    const members = (iapRows.get(key) ?? []).map(({ principal }) => planMember(principal, held));
    return regions.map((region) => ({
      key,
      project: project.id,
      region,
      name,
      role: IAP_ROLE,
      mode,
      members,
      ownsService: ownsService(service),
    }));
  });
}
