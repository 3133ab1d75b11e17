import { accountProject } from "../access/account-project.ts";
import { runResource } from "../access/run-resource.ts";
import type { JsonObject } from "../words/json.ts";
import type { AuditResource } from "./audit-entry.ts";
import { objectIn, textIn } from "./fields.ts";

/**
 * What an entry is about, by the name that policies give it: from its resource name, its request and the labels of its
 * monitored resource, which each API fills in another way. Undefined where it is no resource whose policy matters here.
 * docs: logging `MonitoredResource` types cloud_run_revision, cloud_run_job, service_account, project, folder, organization
 */
export function findResource(api: string, entry: JsonObject, payload: JsonObject): AuditResource | undefined {
  const home = projectOf(entry);
  const labels = { ...objectIn(entry, "resource", "labels"), ...(home === null ? {} : { project_id: home }) };
  const request = objectIn(payload, "request");
  const names = [textIn(payload, "resourceName"), textIn(request, "resource"), textIn(request, "name")]
    .filter((name) => name !== null)
    .map((name) => name.replace(/^\/\/[a-z.]+\.googleapis\.com\//, ""));
  if (api === "run.googleapis.com") return runName(names, labels, request);
  if (api === "iam.googleapis.com") return accountName(names, labels);
  if (api === "iap.googleapis.com") {
    const name = names.find((each) => /^(?:projects|folders|organizations)\/[^/]+\/iap_web(?:\/|$)/.test(each));
    return name === undefined ? undefined : { level: "iap", name };
  }
  return containerName(names, labels, textIn(objectIn(entry, "resource"), "type"));
}

/** Resources of the same APIs whose policies let nobody into a service: tunnels to machines, and tags. */
export function isElsewhere(payload: JsonObject): boolean {
  return /(?:^|\/)(?:iap_tunnel(?:\/|$)|tagKeys\/|tagValues\/)/.test(textIn(payload, "resourceName") ?? "");
}

/** The id of the project that an entry is of: as its resource says, else as the name of its log does. */
export function projectOf(entry: JsonObject): string | null {
  const [, logged = null] = /^projects\/([^/]+)\/logs\//.exec(textIn(entry, "logName") ?? "") ?? [];
  const named = textIn(objectIn(entry, "resource", "labels"), "project_id") ?? logged;
  return named === null || /^\d+$/.test(named) ? null : named;
}

/** Whether a log holds entries of a resource: each level keeps its own. docs: /logging/docs/audit, storage of audit logs */
export function isOfLog({ level, name }: AuditResource, logName: string): boolean {
  const [collection, id = ""] = logName.split("/");
  const [holder, own = ""] = name.split("/");
  if (collection !== holder) return false;
  // Numbers and ids are told apart later, and the address of an account spells the project of a domain in its own way.
  if (collection === "projects" && (/^\d+$/.test(own) || /^\d+$/.test(id) || level === "account")) return true;
  return own === id;
}

function runName(names: readonly string[], labels: JsonObject, request: JsonObject): AuditResource | undefined {
  const region = textIn(labels, "location") ?? textIn(request, "region");
  for (const name of names) {
    const full = /^projects\/([^/]+)\/locations\/([^/]+)\/(services|jobs)\/([^/]+)$/.exec(name);
    const short = /^namespaces\/([^/]+)\/(services|jobs)\/([^/]+)$/.exec(name);
    if (full !== null) {
      const [, project = "", location = "", collection, id = ""] = full;
      return runAt(idOf(project, labels), location, collection, id);
    }
    if (short !== null && region !== null) {
      const [, project = "", collection, id = ""] = short;
      return runAt(idOf(project, labels), region, collection, id);
    }
  }
  const project = textIn(labels, "project_id");
  const job = textIn(labels, "job_name") ?? textIn(request, "jobId");
  const service =
    textIn(labels, "service_name") ??
    textIn(request, "serviceId") ??
    textIn(objectIn(request, "service", "metadata"), "name");
  if (project === null || region === null || (service ?? job) === null) return undefined;
  return runAt(project, region, service === null ? "jobs" : "services", service ?? job ?? "");
}

function runAt(project: string, region: string, collection: string | undefined, id: string): AuditResource {
  const isJob = collection === "jobs";
  return { level: isJob ? "job" : "service", name: runResource(project, region, isJob ? "jobs" : "services", id) };
}

/** A project is written by its id, however the entry has it. */
function idOf(project: string, labels: JsonObject): string {
  return /^\d+$/.test(project) ? (textIn(labels, "project_id") ?? project) : project;
}

function accountName(names: readonly string[], labels: JsonObject): AuditResource | undefined {
  const written = names.map((name) => /\/serviceAccounts\/([^/]+)/.exec(name)?.[1]).filter((id) => id !== undefined);
  const email = textIn(labels, "email_id") ?? written.find((id) => id.includes("@"));
  const id = email?.toLowerCase() ?? textIn(labels, "unique_id") ?? written[0];
  if (id === undefined) return undefined;
  const home = (id.includes("@") ? accountProject(id) : undefined) ?? textIn(labels, "project_id") ?? "-";
  return { level: "account", name: `projects/${home}/serviceAccounts/${id}` };
}

function containerName(names: readonly string[], labels: JsonObject, type: string | null): AuditResource | undefined {
  for (const name of names) {
    const [, collection, id = ""] = /^(projects|folders|organizations)\/([^/]+)$/.exec(name) ?? [];
    if (collection === "projects") return { level: "project", name: `projects/${idOf(id, labels)}` };
    if (collection === "folders") return { level: "folder", name };
    if (collection === "organizations") return { level: "organization", name };
  }
  const labelled = (level: "project" | "folder" | "organization"): AuditResource | undefined => {
    const id = textIn(labels, `${level}_id`);
    return id === null ? undefined : { level, name: `${level}s/${id}` };
  };
  const project = labelled("project");
  // The first version of the API wrote the bare id; some entries name nothing but the monitored resource.
  if (project !== undefined && names.includes(project.name.slice("projects/".length))) return project;
  if (names.length > 0) return undefined;
  return type === "project" || type === "folder" || type === "organization" ? labelled(type) : undefined;
}
