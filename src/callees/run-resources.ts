import type { CalleeAddress, CalleePlace, RunResource } from "./callee-kind.ts";

/** A label of a host name holds at most 63 characters (RFC 1035); a longer one is not the service's URL. */
const MAX_LABEL = 63;

/**
 * A Cloud Run service, and what is one underneath.
 * Source: googleapis google/cloud/run/v2/service.proto (`service_id` of at most 49 characters)
 */
export const cloudRunService: RunResource = {
  resource: "service",
  collection: "services",
  takesRequests: true,
  credential: "id-token",
  permission: "run.routes.invoke",
  roles: {
    usual: "roles/run.invoker",
    narrow: "roles/run.servicesInvoker",
    misfit: { role: "roles/run.jobsExecutor", lacks: "does not open services" },
  },
  longestName: 49,
  addressOf: deterministicUrl,
  notes: [],
};

/**
 * A Cloud Run job: Google's API runs it.
 * Source: googleapis google/cloud/run/v2/job.proto (`RunJob`; `job_id` of at most 63 characters)
 */
export const cloudRunJob: RunResource = {
  resource: "job",
  collection: "jobs",
  takesRequests: false,
  credential: "access-token",
  permission: "run.jobs.run",
  roles: {
    usual: "roles/run.jobsExecutor",
    narrow: "roles/run.jobsExecutor",
    misfit: { role: "roles/run.servicesInvoker", lacks: "does not start jobs" },
  },
  longestName: 63,
  addressOf: ({ project: { id }, region, name }) => ({
    url: `https://run.googleapis.com/v2/projects/${id}/locations/${region}/jobs/${name}:run`,
    audience: null,
  }),
  notes: ["POST runs it; it takes an access token, not an ID token"],
};

/** docs: /run/docs/triggering/https-request. It holds the project's number, and is an audience that is always taken. */
function deterministicUrl({ project: { number }, region, name }: CalleePlace): CalleeAddress | undefined {
  const label = `${name}-${number ?? ""}`;
  if (number === undefined || label.length > MAX_LABEL) return undefined;
  const url = `https://${label}.${region}.run.app`;
  return { url, audience: url };
}
