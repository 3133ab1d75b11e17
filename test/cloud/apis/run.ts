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
  versionInQuery,
} from "../answer.ts";
import { findProject } from "../find.ts";
import { answerPage, googlePage, knativePage, listBody } from "../page.ts";
import type { WorldProject, WorldService } from "../world.ts";
import { knativeJob, knativeService, v2Job, v2Service } from "./run-shapes.ts";

/** run.googleapis.com, v1 and v2. */
export const run: Api = routes([
  ["GET", /^\/v[12]\/projects\/(?<project>[^/]+)\/locations$/, listLocations],
  ["GET", /^\/v1\/projects\/(?<project>[^/]+)\/locations\/(?<region>[^/]+)\/services$/, listKnative],
  // The path of namespaces answers for all regions on the global host: `gcloud run jobs list`.
  ["GET", /^\/apis\/serving\.knative\.dev\/v1\/namespaces\/(?<project>[^/]+)\/services$/, listKnative],
  ["GET", /^\/apis\/run\.googleapis\.com\/v1\/namespaces\/(?<project>[^/]+)\/jobs$/, listKnativeJobs],
  ["GET", /^\/v2\/projects\/(?<project>[^/]+)\/locations\/(?<region>[^/]+)\/(?<kind>services|jobs)$/, listV2],
  [
    "GET",
    /^\/v(?<version>[12])\/projects\/(?<project>[^/]+)\/locations\/(?<region>[^/]+)\/(?<kind>services|jobs)\/(?<name>[^/:]+)$/,
    getOne,
  ],
  [
    "GET",
    /^\/v[12]\/projects\/(?<project>[^/]+)\/locations\/(?<region>[^/]+)\/(?<kind>services|jobs)\/(?<name>[^/:]+):getIamPolicy$/,
    getPolicy,
  ],
]);

function listLocations(call: Call, { project: name = "" }: Caught): Answer {
  return withProject(call, "locations", name, (project) =>
    answerPage(call, project.regions, googlePage, (page) =>
      listBody("locations", {
        ...page,
        items: page.items.map((region) => ({
          name: `projects/${project.id}/locations/${region}`,
          locationId: region,
          displayName: region,
          labels: { "cloud.googleapis.com/region": region },
        })),
      }),
    ),
  );
}

function listKnative(call: Call, { project: name = "", region = "-" }: Caught): Answer {
  return listKnativeOf(call, name, region, { kind: "Service", version: "serving.knative.dev/v1", jobs: false });
}

function listKnativeJobs(call: Call, { project: name = "" }: Caught): Answer {
  return listKnativeOf(call, name, "-", { kind: "Job", version: "run.googleapis.com/v1", jobs: true });
}

function listKnativeOf(
  call: Call,
  name: string,
  region: string,
  { kind, version, jobs }: { readonly kind: string; readonly version: string; readonly jobs: boolean },
): Answer {
  return withProject(call, jobs ? "jobs" : "services", name, (project) => {
    if (project.unreachable.includes(region)) {
      return refusal(503, "The service is currently unavailable.");
    }
    const found = servicesIn(project, region, jobs);
    const reachable = found.filter((service) => !project.unreachable.includes(service.region));
    return answerPage(call, reachable, knativePage, (page) => ({
      apiVersion: version,
      kind: `${kind}List`,
      ...(page.next === undefined ? {} : { metadata: { continue: page.next } }),
      ...(page.items.length === 0
        ? {}
        : { items: page.items.map((one) => (jobs ? knativeJob(project, one) : knativeService(project, one))) }),
      ...(region === "-" && project.unreachable.length > 0 ? { unreachable: project.unreachable } : {}),
    }));
  });
}

/** docs: run v2 ListServicesRequest.parent: the location cannot be the `-` wildcard. */
function listV2(call: Call, { project: name = "", region = "", kind = "" }: Caught): Answer {
  const jobs = kind === "jobs";
  return withProject(call, kind, name, (project) => {
    if (region === "-") {
      return refusal(400, "Request contains an invalid argument.", "INVALID_LOCATION");
    }
    if (project.unreachable.includes(region)) {
      return refusal(503, "The service is currently unavailable.");
    }
    if (!project.regions.includes(region)) {
      return refusal(404, `Location ${region} is not found or access is unauthorized.`);
    }
    return answerPage(call, servicesIn(project, region, jobs), googlePage, (page) =>
      listBody(kind, {
        ...page,
        items: page.items.map((one) => (jobs ? v2Job(project, one) : v2Service(project, one))),
      }),
    );
  });
}

function getOne(call: Call, caught: Caught): Answer {
  return withService(call, "service", caught, (project, service) => {
    if (caught["version"] === "2") {
      return ok(service.kind === "job" ? v2Job(project, service) : v2Service(project, service));
    }
    return ok(service.kind === "job" ? knativeJob(project, service) : knativeService(project, service));
  });
}

function getPolicy(call: Call, caught: Caught): Answer {
  return withService(call, "policy", caught, (_project, service) =>
    ok(policyBody(service.policy, versionInQuery(call))),
  );
}

function servicesIn(project: WorldProject, region: string, jobs: boolean): readonly WorldService[] {
  return project.services.filter((one) => (one.kind === "job") === jobs && (region === "-" || one.region === region));
}

/** Run answers 403 for a project that does not exist, as for one that may not be seen. */
function withProject(call: Call, what: string, name: string, answer: (project: WorldProject) => Answer): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) {
    return denied(`projects/${name}`);
  }
  return closedAnswer(call.world, what, project.resource) ?? answer(project);
}

function withService(
  call: Call,
  what: string,
  { project: projectName = "", region = "", kind = "", name = "" }: Caught,
  answer: (project: WorldProject, service: WorldService) => Answer,
): Answer {
  const project = findProject(call.world, projectName);
  if (project === undefined) {
    return denied(`projects/${projectName}`);
  }
  const resource = `${project.resource}/locations/${region}/${kind}/${name}`;
  const service = servicesIn(project, region, kind === "jobs").find((one) => one.name === name);
  if (service === undefined) {
    return refusal(
      404,
      `Resource '${name}' of kind '${kind === "jobs" ? "JOB" : "SERVICE"}' in region '${region}' does not exist.`,
    );
  }
  return closedAnswer(call.world, what, resource) ?? answer(project, service);
}
