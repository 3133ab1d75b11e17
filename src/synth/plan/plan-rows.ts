import type { RowMember } from "../../matrix/model/row-members.ts";
import type { Service } from "../../matrix/model/world.ts";
import { memberValue } from "./plan-accounts.ts";
import type { HeldAccounts, StackScope } from "./stack-scope.ts";
import type { MemberPlan, RowKind, RowPlan } from "./stack-plan.ts";

/** The rows that a stack holds, one for each service and region that is deployed and not only observed. */
export function planRows(scope: StackScope): readonly RowPlan[] {
  const { held } = scope;
  return scope.services.flatMap((service): readonly RowPlan[] => {
    const { key, project, regions, name, invokerRole: role, mode, stage } = service;
    if (mode === "observe" || stage === "planned") return [];
    const members = (scope.rows.get(key) ?? []).map((member) => planMember(member, held));
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
  return kind === "job" ? "job" : "service";
}

/** Whether Terraform makes the Cloud Run service. */
export function ownsService({ image, kind, mode, stage }: Service): boolean {
  return image !== undefined && kind === "service" && mode !== "observe" && stage !== "planned";
}

function planMember({ principal }: RowMember, held: HeldAccounts): MemberPlan {
  return { member: memberValue(principal, held), principal };
}
