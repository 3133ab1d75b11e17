import {
  type Answer,
  type Api,
  type Call,
  type Caught,
  closedAnswer,
  denied,
  ok,
  policyBody,
  refusal,
  routes,
  versionInBody,
} from "../answer.ts";
import { findProject } from "../find.ts";

/** iap.googleapis.com v1: policies of `iap_web`, of a region's Cloud Run and of one service. */
export const iap: Api = routes([
  [
    "POST",
    /^\/v1\/projects\/(?<project>[^/]+)\/(?<level>iap_web(\/cloud_run-(?<region>[^/:]+)(\/services\/(?<service>[^/:]+))?)?):getIamPolicy$/,
    getPolicy,
  ],
]);

function getPolicy(call: Call, { project: name = "", level = "", region, service }: Caught): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) {
    return denied(`projects/${name}`);
  }
  const exists = project.services.some((one) => one.region === region && one.name === service && one.kind !== "job");
  if (service !== undefined && !exists) {
    return refusal(404, "Requested entity was not found.");
  }
  return (
    closedAnswer(call.world, "policy", `projects/${project.number}/${level}`) ??
    ok(policyBody(project.iap[level] ?? { bindings: [] }, versionInBody(call)))
  );
}
