import type { Draft } from "../../finding/draft.ts";
import { type Place, valueAt } from "../text/place.ts";
import type { Project } from "../model/environment.ts";
import { briefList } from "../../words/brief.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** The agent of Identity-Aware Proxy is named by the project's number, and must stay in the row. */
export const missingNumber: Rule = {
  id: "missing-number",
  severity: "error",
  summary: "a service behind IAP in a project without a number",
  stopsSynth: true,
  *check(matrix) {
    const needs = new Map<
      Project,
      { readonly environment: string; readonly services: string[]; readonly iap: Place }
    >();
    for (const { service, environment } of eachService(matrix)) {
      const { key, iap, kind, stage, project } = service;
      if (iap === undefined || kind === "job" || stage === "gone" || project.number !== undefined) continue;
      const need = needs.get(project);
      if (need === undefined)
        needs.set(project, { environment, services: [key], iap: fieldPlace(service, environment, "iap") });
      else need.services.push(key);
    }
    for (const [{ id, alias, place }, { environment, services, iap }] of needs) {
      yield {
        message: `${id} has no number, which names the agent of the Identity-Aware Proxy in front of ${briefList(services)}`,
        help: `add the number: gcloud projects describe ${id} --format='value(projectNumber)'`,
        at: valueAt(place.file, ...place.path, ...(alias === undefined ? [] : ["id"])),
        related: [{ message: `${services[0]} is behind it`, at: iap }],
        environment,
      } satisfies Draft;
    }
  },
};
