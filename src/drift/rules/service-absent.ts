import { runCollection } from "../../access/run-resource.ts";
import { serviceResource } from "../../access/run-resource.ts";
import type { DriftRule } from "../drift-rule.ts";
import { addedToService } from "../terraform-owns.ts";

/** Nobody can call what is not there; and a service that nobody sees is a service that nobody audits. */
export const serviceAbsent: DriftRule = {
  id: "service-absent",
  severity: "error",
  summary: "a service of the matrix is not deployed",
  criteria: ["CC6.1"],
  *check({ world, live, snapshot }) {
    const found = new Set(live.map(({ service, declared }) => `${declared?.key} ${service.record.region}`));
    for (const service of world.services.values()) {
      if (service.stage !== "live") continue;
      const project = snapshot.projects.find((each) => each.project === service.project.id);
      const list = project?.[runCollection(service)];
      // A list with gaps proves no absence.
      if (list?.status !== "read") continue;
      for (const region of service.regions) {
        if (found.has(`${service.key} ${region}`)) continue;
        yield {
          message: `${service.key} (${service.kind} ${service.name}) is not deployed in ${region} of ${service.project.id}`,
          fix: "deploy it, or write planned or retired beside it in the matrix",
          services: [service.key],
          // Not the project: an exception for one service must not accept all others.
          resource: serviceResource(service.project.id, { kind: service.kind, region, name: service.name }),
          identity: [service.project.id, region, service.kind, service.name],
          at: service.declared.place,
          ...addedToService(service),
        };
      }
    }
  },
};
