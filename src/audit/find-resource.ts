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
  const labels = objectIn(entry, "resource", "labels");
  const request = objectIn(payload, "request");
  const names = [textIn(payload, "resourceName"), textIn(request, "resource"), textIn(request, "name")]
    .filter((name) => name !== null)
    .map((name) => name.replace(/^\/\/[a-z.]+\.googleapis\.com\//, ""));
  if (api === "run.googleapis.com") return runName(names, labels, request);
  if (api === "iam.googleapis.com") return accountName(names, labels);
  if (api === "iap.googleapis.com") {
    const name = names.find((each) => /^projects\/[^/]+\/iap_web(?:\/|$)/.test(each));
    return name === undefined ? undefined : { level: "iap", name };
  }
  return containerName(names, labels);
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

function containerName(names: readonly string[], labels: JsonObject): AuditResource | undefined {
  for (const name of names) {
    const [, collection, id = ""] = /^(projects|folders|organizations)\/([^/]+)$/.exec(name) ?? [];
    if (collection === "projects") return { level: "project", name: `projects/${idOf(id, labels)}` };
    if (collection === "folders") return { level: "folder", name };
    if (collection === "organizations") return { level: "organization", name };
  }
  const project = textIn(labels, "project_id");
  // The first version of the API wrote the bare id.
  return project !== null && names.includes(project) ? { level: "project", name: `projects/${project}` } : undefined;
}
