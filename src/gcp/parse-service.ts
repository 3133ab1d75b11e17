import { kindByMarks } from "../callees/callee-of.ts";
import { defaultComputeAccount } from "../access/default-accounts.ts";
import type { LiveIngress, ServiceRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import {
  booleanAt,
  isSegment,
  lastPart,
  MalformedAnswer,
  objectAt,
  optionalObject,
  optionalText,
  segmentAt,
  textAt,
  textsAt,
} from "./json.ts";
import type { JsonObject } from "../words/json.ts";

/** What a list says of a service or job: everything but its policies. */
export type ServiceSettings = Omit<ServiceRecord, "policy" | "iap">;

/** Where a service was asked for. */
export interface ServiceHome {
  /** The project's id. */
  readonly project: string;
  /** Its number, where it is known. */
  readonly number: string | null;
}

/**
 * A Service of Knative, as v1 lists it. Throws MalformedAnswer where one of the settings that decide who can call is not
 * as documented. docs: run v1 `Service`, and its list of annotations
 */
export function parseKnativeService(item: unknown, place: string, home: ServiceHome): ServiceSettings {
  const service = objectAt(item, place);
  const metadata = parseMetadata(service, place, home);
  const { annotations, labels } = metadata;
  const template = optionalObject(objectAt(service.spec, `${place}.spec`).template, `${place}.spec.template`);
  const spec = optionalObject(template.spec, `${place}.spec.template.spec`);
  const status = optionalObject(service.status, `${place}.status`);
  const url = optionalText(status.url, `${place}.status.url`);
  const note = (name: string): string => `${place}: annotation ${name}`;
  return {
    kind: kindByMarks("services", labels, annotations),
    region: metadata.region,
    name: metadata.name,
    invokerCheckDisabled: flag(annotations, "run.googleapis.com/invoker-iam-disabled", note),
    ingress: knativeIngress(
      optionalText(annotations["run.googleapis.com/ingress"], note("run.googleapis.com/ingress")),
    ),
    defaultUrlDisabled: flag(annotations, "run.googleapis.com/default-url-disabled", note),
    iapEnabled: flag(annotations, "run.googleapis.com/iap-enabled", note),
    account: accountOf(spec.serviceAccountName, `${place}.serviceAccountName`, metadata.number ?? home.number),
    urls: inOrder([...texts(annotations, "run.googleapis.com/urls", note), ...(url === null ? [] : [url])]),
    audiences: inOrder(texts(annotations, "run.googleapis.com/custom-audiences", note)),
    ...userLabels(labels),
  };
}

/** A Job as `namespaces.jobs.list` answers it. docs: run v1 `Job` */
export function parseKnativeJob(item: unknown, place: string, home: ServiceHome): ServiceSettings {
  const job = objectAt(item, place);
  const metadata = parseMetadata(job, place, home);
  const execution = optionalObject(objectAt(job.spec, `${place}.spec`).template, `${place}.spec.template`);
  const task = optionalObject(
    optionalObject(execution.spec, `${place}.spec.template.spec`).template,
    `${place}.template`,
  );
  const spec = optionalObject(task.spec, `${place}.template.spec`);
  const account = accountOf(spec.serviceAccountName, `${place}.serviceAccountName`, metadata.number ?? home.number);
  return { ...jobSettings(metadata, account), ...userLabels(metadata.labels) };
}

/** A Service or Job of v2. docs: run v2 `Service`, `Job` */
export function parseV2(item: unknown, place: string, isJob: boolean, home: ServiceHome): ServiceSettings {
  const service = objectAt(item, place);
  const name = textAt(service.name, `${place}.name`);
  const [, region, id] = /^projects\/[^/]+\/locations\/([^/]+)\/(?:services|jobs)\/([^/]+)$/.exec(name) ?? [];
  if (region === undefined || id === undefined || !isSegment(region) || !isSegment(id))
    throw new MalformedAnswer(`${place}.name is ${name}`);
  const template = objectAt(service.template, `${place}.template`);
  const labels = optionalObject(service.labels, `${place}.labels`);
  const annotations = optionalObject(service.annotations, `${place}.annotations`);
  if (isJob) {
    const task = objectAt(template.template, `${place}.template.template`);
    const account = accountOf(task.serviceAccount, `${place}.serviceAccount`, home.number);
    return { ...jobSettings({ region, name: id, labels, annotations }, account), ...userLabels(labels) };
  }
  const uri = optionalText(service.uri, `${place}.uri`);
  return {
    kind: kindByMarks("services", labels, annotations),
    region,
    name: id,
    invokerCheckDisabled: booleanAt(service.invokerIamDisabled, `${place}.invokerIamDisabled`),
    ingress: v2Ingress(optionalText(service.ingress, `${place}.ingress`)),
    defaultUrlDisabled: booleanAt(service.defaultUriDisabled, `${place}.defaultUriDisabled`),
    iapEnabled: booleanAt(service.iapEnabled, `${place}.iapEnabled`),
    account: accountOf(template.serviceAccount, `${place}.serviceAccount`, home.number),
    urls: inOrder([...textsAt(service.urls, `${place}.urls`), ...(uri === null ? [] : [uri])]),
    audiences: inOrder(textsAt(service.customAudiences, `${place}.customAudiences`)),
    ...userLabels(labels),
  };
}

interface Metadata {
  readonly name: string;
  readonly region: string;
  readonly number: string | null;
  readonly labels: JsonObject;
  readonly annotations: JsonObject;
}

function parseMetadata(item: JsonObject, place: string, home: ServiceHome): Metadata {
  const metadata = objectAt(item.metadata, `${place}.metadata`);
  const labels = optionalObject(metadata.labels, `${place}.labels`);
  const namespace = optionalText(metadata.namespace, `${place}.namespace`);
  if (namespace !== null && namespace !== home.project && namespace !== (home.number ?? namespace))
    throw new MalformedAnswer(`${place} is of another project: ${namespace}`);
  return {
    name: segmentAt(metadata.name, `${place}.metadata.name`),
    region: segmentAt(labels["cloud.googleapis.com/location"], `${place}: label cloud.googleapis.com/location`),
    number: namespace !== null && /^\d+$/.test(namespace) ? namespace : null,
    labels,
    annotations: optionalObject(metadata.annotations, `${place}.annotations`),
  };
}

function jobSettings(
  { region, name, labels, annotations }: Omit<Metadata, "number">,
  account: string | null,
): ServiceSettings {
  return {
    kind: kindByMarks("jobs", labels, annotations),
    region,
    name,
    invokerCheckDisabled: false,
    ingress: "all",
    defaultUrlDisabled: false,
    iapEnabled: false,
    account,
    urls: [],
    audiences: [],
  };
}

/** docs: /run/docs/configuring/services/service-identity: without one it runs as the default account of Compute Engine. */
function accountOf(value: unknown, place: string, number: string | null): string | null {
  const named = optionalText(value, place);
  if (named !== null) return lastPart(named).toLowerCase();
  return number === null ? null : defaultComputeAccount(number);
}

/**
 * The labels that people set. v1 has those of the platform among them: their keys have a `/`, which a key of a user
 * cannot have, or start with `goog-`, which is Google's. Who can call hangs on none of them, so that one that is not as
 * documented is left out. docs: /resource-manager/docs/labels-overview; run v2 `Service.labels`
 */
function userLabels(labels: JsonObject): Pick<ServiceRecord, "labels"> {
  const own = Object.entries(labels).flatMap(([name, value]) =>
    typeof value !== "string" || name.includes("/") || name.startsWith("goog-") ? [] : [[name, value] as const],
  );
  return own.length === 0 ? {} : { labels: Object.fromEntries(own.sort(([a], [b]) => compareText(a, b))) };
}

/** gcloud writes `True`: it is Python's. */
function flag(annotations: JsonObject, name: string, note: (name: string) => string): boolean {
  const text = optionalText(annotations[name], note(name))?.toLowerCase() ?? "false";
  if (text !== "true" && text !== "false") throw new MalformedAnswer(`${note(name)} is neither true nor false`);
  return text === "true";
}

/** A list that is written as JSON into an annotation. */
function texts(annotations: JsonObject, name: string, note: (name: string) => string): readonly string[] {
  const text = optionalText(annotations[name], note(name));
  if (text === null) return [];
  try {
    return textsAt(JSON.parse(text), note(name));
  } catch (error) {
    if (error instanceof SyntaxError) throw new MalformedAnswer(`${note(name)} is not JSON`);
    throw error;
  }
}

function knativeIngress(text: string | null): LiveIngress {
  switch (text) {
    // docs: run v1: without the annotation it is `all`.
    case null:
      return "all";
    case "all":
    case "internal":
    case "internal-and-cloud-load-balancing":
    case "none":
      return text;
    default:
      return "unknown";
  }
}

function v2Ingress(text: string | null): LiveIngress {
  switch (text) {
    case "INGRESS_TRAFFIC_ALL":
      return "all";
    case "INGRESS_TRAFFIC_INTERNAL_ONLY":
      return "internal";
    case "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER":
      return "internal-and-cloud-load-balancing";
    case "INGRESS_TRAFFIC_NONE":
      return "none";
    default:
      return "unknown";
  }
}

function inOrder(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort(compareText);
}
