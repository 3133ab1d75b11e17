import type { DriftRule } from "../drift-rule.ts";

/** A service that the matrix opens to everybody asks for a token. */
export const declaredPublicClosed: DriftRule = {
  id: "declared-public-closed",
  severity: "error",
  summary: "the matrix says that a service is public, and it is not",
  criteria: ["CC6.1"],
  *check({ live: all, rowsOf }) {
    for (const { declared, service, name } of all) {
      const { public: open, stage } = declared ?? {};
      if (declared === undefined || open === undefined || stage !== "live" || !("value" in service.record.policy))
        continue;
      const everybody = rowsOf(service).find(({ principal, ring }) => principal === "allUsers" && ring === "direct");
      if (everybody !== undefined && everybody.verdict !== "denied") continue;
      const { region } = service.record;
      const how = open.via === "allUsers" ? "allUsers holds no invoker role on it" : "its invoker check is on";
      yield {
        message: `the matrix opens ${name} to everybody, and in ${region} ${how}`,
        fix: "apply what matrix synth writes, or delete its public",
        services: [name],
        principal: "allUsers",
        resource: service.resource,
        identity: [service.resource],
        at: declared.declared.place,
        pending: { kind: "addition", stack: declared.project.stack },
      };
    }
  },
};
