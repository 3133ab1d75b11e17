import type { Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { grantCommand, updateCommand } from "../run-command.ts";
import { addedToRow, addedToService, ownsRow, ownsService } from "../terraform-owns.ts";

/** A service that the matrix opens to everybody asks for a token. */
export const declaredPublicClosed: DriftRule = {
  id: "declared-public-closed",
  severity: "error",
  summary: "the matrix says that a service is public, and it is not",
  criteria: ["CC6.1"],
  *check({ live: all, rowsOf }) {
    for (const { declared, service, name } of all) {
      const { public: open, stage } = declared ?? {};
      if (declared === undefined || open === undefined || stage !== "live" || service.record.policy.status !== "read")
        continue;
      const everybody = rowsOf(service).find(({ principal, ring }) => principal === "allUsers" && ring === "direct");
      if (everybody !== undefined && everybody.verdict !== "denied") continue;
      const { region } = service.record;
      const byGrant = open.via === "allUsers";
      const how =
        everybody !== undefined
          ? "a deny policy stops everybody"
          : byGrant
            ? "allUsers holds no invoker role on it"
            : "its invoker check is on";
      yield {
        message: `the matrix opens ${name} to everybody, and in ${region} ${how}`,
        fix: everybody === undefined ? fixOf(declared, service) : "correct the deny policy, or delete its public",
        services: [name],
        principal: "allUsers",
        resource: service.resource,
        identity: [service.resource],
        at: declared.declared.place,
        ...(everybody !== undefined
          ? {}
          : byGrant
            ? addedToRow(declared, { resource: service.resource, role: declared.invokerRole, member: "allUsers" })
            : addedToService(declared)),
      };
    }
  },
};

function fixOf(declared: NonNullable<Live["declared"]>, service: Live["service"]): string {
  const byGrant = declared.public?.via === "allUsers";
  const command = byGrant
    ? grantCommand(service, declared.invokerRole, "allUsers")
    : updateCommand(service, "--no-invoker-iam-check");
  const applies = byGrant ? ownsRow(declared) : ownsService(declared);
  return `${applies ? "apply what matrix synth writes" : command}; or delete its public`;
}
