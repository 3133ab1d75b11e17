import type { Level } from "./access.ts";
import { isDefaultAccount } from "./default-accounts.ts";

/**
 * Google's service agents and the roles that each is expected to hold. An agent that is not listed here is judged like
 * any other account: noisy, never blind.
 * docs: /iam/docs/service-agents; GoogleCloudPlatform/cloud-foundation-fabric modules/project/service-agents.yaml
 */
const expectedRoles: Readonly<Record<string, readonly string[]>> = {
  "serverless-robot-prod": ["roles/run.serviceAgent", "roles/serverless.serviceAgent"],
  "gcp-sa-run-ai": ["roles/run.serviceAgent"],
  "gcf-admin-robot": ["roles/cloudfunctions.serviceAgent", "roles/cloudfunctions.standardServiceAgent"],
  "gcp-sa-cloudscheduler": ["roles/cloudscheduler.serviceAgent"],
  "gcp-sa-cloudtasks": ["roles/cloudtasks.serviceAgent"],
  "gcp-sa-pubsub": ["roles/pubsub.serviceAgent"],
  "gcp-sa-eventarc": ["roles/eventarc.serviceAgent"],
  "gcp-sa-workflows": ["roles/workflows.serviceAgent"],
  "gcp-sa-apigateway": ["roles/apigateway.serviceAgent"],
  "gcp-sa-iap": ["roles/run.invoker", "roles/run.servicesInvoker"],
  "gcp-sa-cloudbuild": ["roles/cloudbuild.serviceAgent"],
  "gcp-sa-monitoring-notification": ["roles/monitoring.notificationServiceAgent"],
  "container-engine-robot": ["roles/container.serviceAgent"],
  "gcp-sa-aiplatform": ["roles/aiplatform.serviceAgent"],
  "gcp-sa-ces": ["roles/ces.serviceAgent"],
  "gcp-sa-dialogflow": ["roles/dialogflow.serviceAgent"],
  "gcp-sa-firebaseapphosting": ["roles/firebaseapphosting.serviceAgent"],
  "gcp-sa-firebasedataconnect": ["roles/firebasedataconnect.serviceAgent"],
  "gcp-sa-integrations": ["roles/integrations.serviceAgent"],
  "gcp-sa-spanner": ["roles/spanner.serviceAgent"],
  "gcp-sa-visionai": ["roles/visionai.serviceAgent"],
};

const agentForm = /^service-(?:(folder|org)-)?(\d+)@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/;
const apisForm = /^(\d+)@cloudservices\.gserviceaccount\.com$/;
const legacyBuildForm = /^(\d+)@cloudbuild\.gserviceaccount\.com$/;
/** Further domains of agents, seen in recorded policies. None of their roles opens a service. */
const otherDomains = [
  "cloud-filer",
  "cloud-memcache-sa",
  "compute-system",
  "container-analysis",
  "containerregistry",
  "dataflow-service-producer-prod",
  "dataproc-accounts",
  "dlp-api",
  "gcp-gae-service",
  "gcp-sa-alloydb",
  "gcp-sa-artifactregistry",
  "gcp-sa-binaryauthorization",
  "gcp-sa-datafusion",
  "gcp-sa-firestore",
  "gcp-sa-vpcaccess",
];
// A closed list: anybody may call a project of theirs gcp-sa-something.
const domains: ReadonlySet<string> = new Set([...Object.keys(expectedRoles), ...otherDomains]);

/** Whether an address is that of an account that Google makes and runs itself. */
export function isServiceAgent(email: string): boolean {
  if (apisForm.test(email) || legacyBuildForm.test(email)) return true;
  const domain = agentForm.exec(email)?.[3];
  return domain !== undefined && domains.has(domain);
}

/** Whose agent an address is that of: a project's number, `folders/N` or `organizations/N`; undefined where it is none. */
export function agentOwner(email: string): string | undefined {
  if (!isServiceAgent(email)) return undefined;
  const [, prefix, number] = agentForm.exec(email) ?? [];
  if (number === undefined) return (apisForm.exec(email) ?? legacyBuildForm.exec(email))?.[1];
  return prefix === undefined ? number : `${prefix === "org" ? "organizations" : "folders"}/${number}`;
}

/** Where a grant stands. */
interface Holder {
  readonly level: Level;
  /** The number of the project (folder, organization) that it belongs to. */
  readonly number: string | undefined;
}

/**
 * Whether a grant is one of Google's own agents doing its work: the agent of the resource's own project (or folder, or
 * organization), with the role that is expected of it. The editor role of the APIs service agent is broad and Google's.
 */
export function isManagedGrant(email: string, role: string, { level, number }: Holder): boolean {
  if (number === undefined) return false;
  const apis = apisForm.exec(email);
  if (apis !== null) return level === "project" && apis[1] === number && role === "roles/editor";
  const agent = agentForm.exec(email);
  if (agent === null) return false;
  const [, prefix, owner, domain = ""] = agent;
  const expected = level === "folder" ? "folder" : level === "organization" ? "org" : undefined;
  return prefix === expected && owner === number && (expectedRoles[domain]?.includes(role) ?? false);
}

/** Whether a role is made for agents, by its name. Two of Google's are spelled with a capital S. */
export function isAgentRole(role: string): boolean {
  return /serviceagent$/i.test(role);
}

/** Whether an account is one that people make or run as: by its address surely no agent. */
export function isOrdinaryAccount(email: string): boolean {
  if (isServiceAgent(email)) return false;
  return /^[^@]+@[a-z0-9.-]+\.iam\.gserviceaccount\.com$/.test(email) || isDefaultAccount(email);
}

/** The account as which Identity-Aware Proxy invokes the services of a project. docs: /iap/docs/enabling-cloud-run */
export function iapAgent(projectNumber: string): string {
  return `service-${projectNumber}@gcp-sa-iap.iam.gserviceaccount.com`;
}
