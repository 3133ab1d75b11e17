import type { Draft } from "../../finding/draft.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** The agent of Identity-Aware Proxy is named by the project's number, and must stay in the row. */
export const missingNumber: Rule = {
  id: "missing-number",
  severity: "error",
  summary: "a service behind IAP in a project without a number",
  stopsSynth: true,
  *check(matrix) {
    for (const { service, environment } of eachService(matrix)) {
      if (service.iap === undefined || service.project.number !== undefined) continue;
      yield {
        message: `${service.key} is behind Identity-Aware Proxy, whose agent is named by the number of ${service.project.id}`,
        help: `add the number: gcloud projects describe ${service.project.id} --format='value(projectNumber)'`,
        at: fieldPlace(service, environment, "iap"),
        related: [{ message: "the project stands here", at: service.project.place }],
        environment,
        service: service.key,
      } satisfies Draft;
    }
  },
};
