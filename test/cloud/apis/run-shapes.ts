import type { WorldProject, WorldService } from "../world.ts";

const createdAt = "2025-03-31T10:53:45.882066Z";
const readyAt = "2025-03-31T10:54:51.198151Z";

/** A Knative Service as v1 lists it. */
export function knativeService(project: WorldProject, service: WorldService): unknown {
  const url = service.urls.at(-1);
  return {
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: knativeMetadata(project, service, serviceAnnotations(service)),
    spec: {
      template: {
        metadata: { name: `${service.name}-00001-tiv`, annotations: { "autoscaling.knative.dev/maxScale": "5" } },
        spec: {
          containerConcurrency: 80,
          timeoutSeconds: 300,
          ...(service.account === null ? {} : { serviceAccountName: service.account }),
          containers: [knativeContainer],
        },
      },
      traffic: [{ percent: 100, latestRevision: true }],
    },
    status: {
      observedGeneration: 1,
      conditions: ["Ready", "ConfigurationsReady", "RoutesReady"].map((type) => ({
        type,
        status: "True",
        lastTransitionTime: readyAt,
      })),
      latestReadyRevisionName: `${service.name}-00001-tiv`,
      latestCreatedRevisionName: `${service.name}-00001-tiv`,
      traffic: [{ revisionName: `${service.name}-00001-tiv`, percent: 100, latestRevision: true }],
      ...(url === undefined ? {} : { url, address: { url } }),
    },
  };
}

/** A Knative-like Job as `namespaces.jobs.list` of v1 answers it. */
export function knativeJob(project: WorldProject, job: WorldService): unknown {
  return {
    apiVersion: "run.googleapis.com/v1",
    kind: "Job",
    metadata: knativeMetadata(project, job, {}),
    spec: {
      template: {
        spec: {
          taskCount: 1,
          template: {
            spec: {
              maxRetries: 3,
              timeoutSeconds: "600",
              ...(job.account === null ? {} : { serviceAccountName: job.account }),
              containers: [knativeContainer],
            },
          },
        },
      },
    },
    status: { observedGeneration: 1, conditions: [{ type: "Ready", status: "True", lastTransitionTime: readyAt }] },
  };
}

/** A secret that somebody put where none belongs: nothing that is written may hold it. */
export const environmentSecret = "planted-environment-value";

const knativeContainer = {
  env: [{ name: "DATABASE_PASSWORD", value: environmentSecret }],
  image: "us-docker.pkg.dev/cloudrun/container/hello",
  resources: { limits: { cpu: "1000m", memory: "512Mi" } },
};

function knativeMetadata(project: WorldProject, service: WorldService, annotations: object): object {
  const collection = service.kind === "job" ? "jobs" : "services";
  const group = service.kind === "job" ? "run.googleapis.com" : "serving.knative.dev";
  return {
    name: service.name,
    namespace: project.number,
    selfLink: `/apis/${group}/v1/namespaces/${project.number}/${collection}/${service.name}`,
    uid: "46b28549-6c5c-4245-bc8d-9cec06d262b6",
    resourceVersion: "AAX4MAndusc",
    generation: 1,
    labels: { "cloud.googleapis.com/location": service.region, ...managedBy(service), ...service.labels },
    annotations: {
      "run.googleapis.com/client-name": "cloud-console",
      "serving.knative.dev/creator": "ann@acme.test",
      ...annotations,
    },
    creationTimestamp: createdAt,
  };
}

/** Functions of the second generation carry the label that `gcloud functions logs read` filters by. */
function managedBy(service: WorldService): object {
  return service.kind === "function" ? { "goog-managed-by": "cloudfunctions" } : {};
}

/** v2 leaves the labels of the platform out. */
function labelsOf(service: WorldService): object {
  const labels = { ...managedBy(service), ...service.labels };
  return Object.keys(labels).length === 0 ? {} : { labels };
}

/** What is off is not annotated at all. With one URL the answer is the older shape: without an annotation of URLs. */
function serviceAnnotations(service: WorldService): Readonly<Record<string, string>> {
  const prefix = "run.googleapis.com";
  const ingress = service.ingress === "unknown" ? "something-new" : service.ingress;
  const check = service.invokerCheckDisabled;
  return {
    [`${prefix}/ingress`]: ingress,
    [`${prefix}/ingress-status`]: ingress,
    ...(check === false ? {} : { [`${prefix}/invoker-iam-disabled`]: String(check) }),
    ...(service.defaultUrlDisabled ? { [`${prefix}/default-url-disabled`]: "true" } : {}),
    ...(service.iapEnabled ? { [`${prefix}/iap-enabled`]: "true" } : {}),
    ...(service.urls.length > 1 ? { [`${prefix}/urls`]: JSON.stringify(service.urls) } : {}),
    ...(service.audiences.length > 0 ? { [`${prefix}/custom-audiences`]: JSON.stringify(service.audiences) } : {}),
  };
}

const v2Ingress = {
  all: "INGRESS_TRAFFIC_ALL",
  internal: "INGRESS_TRAFFIC_INTERNAL_ONLY",
  "internal-and-cloud-load-balancing": "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
  none: "INGRESS_TRAFFIC_NONE",
  unknown: "INGRESS_TRAFFIC_SOMETHING_NEW",
} as const satisfies Record<WorldService["ingress"], string>;

/** A Service of v2: int64 as text, what is false left out. */
export function v2Service(project: WorldProject, service: WorldService): unknown {
  const disabled = String(service.invokerCheckDisabled).toLowerCase() === "true";
  return {
    ...v2Head(project, service, "services"),
    ingress: v2Ingress[service.ingress],
    launchStage: "GA",
    template: {
      scaling: { maxInstanceCount: 3 },
      timeout: "300s",
      ...(service.account === null ? {} : { serviceAccount: service.account }),
      containers: [v2Container],
      maxInstanceRequestConcurrency: 80,
    },
    traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
    ...v2Tail,
    ...(service.urls.length > 0 ? { uri: service.urls.at(-1) } : {}),
    ...(service.urls.length > 1 ? { urls: service.urls } : {}),
    ...(disabled ? { invokerIamDisabled: true } : {}),
    ...(service.defaultUrlDisabled ? { defaultUriDisabled: true } : {}),
    ...(service.iapEnabled ? { iapEnabled: true } : {}),
    ...(service.audiences.length > 0 ? { customAudiences: service.audiences } : {}),
  };
}

/** A Job of v2. */
export function v2Job(project: WorldProject, job: WorldService): unknown {
  return {
    ...v2Head(project, job, "jobs"),
    launchStage: "GA",
    template: {
      taskCount: 1,
      template: {
        maxRetries: 3,
        timeout: "600s",
        ...(job.account === null ? {} : { serviceAccount: job.account }),
        containers: [v2Container],
      },
    },
    ...v2Tail,
  };
}

const v2Container = {
  env: [{ name: "DATABASE_PASSWORD", value: environmentSecret }],
  image: "us-docker.pkg.dev/cloudrun/container/hello",
  resources: { limits: { cpu: "1000m", memory: "512Mi" }, cpuIdle: true },
};

const v2Tail = {
  observedGeneration: "2",
  terminalCondition: { type: "Ready", state: "CONDITION_SUCCEEDED", lastTransitionTime: readyAt },
};

/** The etag of v2 has quotes of its own inside of the string. */
function v2Head(project: WorldProject, service: WorldService, collection: string): object {
  const name = `projects/${project.id}/locations/${service.region}/${collection}/${service.name}`;
  return {
    name,
    uid: "00983b4f-6f4b-4bd4-ac6f-1022cc24c160",
    generation: "2",
    ...labelsOf(service),
    createTime: createdAt,
    updateTime: readyAt,
    creator: "ann@acme.test",
    lastModifier: "ann@acme.test",
    etag: `"${Buffer.from(name).toString("base64")}"`,
  };
}
