import { calleeKinds } from "../../callees/registry.ts";
import type { Service } from "../../matrix/model/world.ts";
import { planMember } from "./plan-accounts.ts";
import type { StackScope } from "./stack-scope.ts";
import type { RowKind, RowPlan } from "./stack-plan.ts";

/** The rows that a stack holds, one for each service and region that is deployed and not only observed. */
export function planRows(scope: StackScope): readonly RowPlan[] {
  const { held } = scope;
  return scope.services.flatMap((service): readonly RowPlan[] => {
    const { key, project, regions, name, invokerRole: role, mode, stage } = service;
    if (mode === "observe" || stage === "planned") return [];
    const members = (scope.rows.get(key) ?? []).map(({ principal }) => planMember(principal, held));
    return regions.map((region) => ({
      key,
      kind: rowKind(service),
      project: project.id,
      region,
      name,
      role,
      mode,
      members,
      ownsService: ownsService(service),
    }));
  });
}

/** A function of the second generation is invoked through the Cloud Run service beneath it. */
export function rowKind({ kind }: Service): RowKind {
  return calleeKinds[kind].resource;
}

/** Whether Terraform makes the Cloud Run service. */
export function ownsService({ image, kind, mode, stage }: Service): boolean {
  return image !== undefined && calleeKinds[kind].terraformMakes && mode !== "observe" && stage !== "planned";
}
