import type { IapRecord, Reading, ServiceRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { pathOf } from "./api-client.ts";
import { parsePolicy, policyVersion } from "./parse-policy.ts";
import type { ProjectContext } from "./project-context.ts";
import { hasValue, toReading } from "./reading.ts";

/** The policy of the IAP resource of a service. docs: iap v1 `getIamPolicy`; the names are those of `gcloud iap web` */
export function readServiceIap(
  context: ProjectContext,
  { region, name }: { readonly region: string; readonly name: string },
): Promise<IapRecord> {
  const number = context.number ?? context.project;
  const levels = pathOf`projects/${number}/iap_web/cloud_run-${region}/services/${name}`;
  return readIap(context, `projects/${number}/iap_web/cloud_run-${region}/services/${name}`, levels);
}

/** The policies above those of the services that are behind IAP: of the project, and of each region. */
export async function readIapLevels(
  context: ProjectContext,
  services: Reading<readonly ServiceRecord[]>,
): Promise<readonly IapRecord[]> {
  const behind = hasValue(services) ? services.value.filter(({ iapEnabled }) => iapEnabled) : [];
  if (behind.length === 0) return [];
  const number = context.number ?? context.project;
  const regions = [...new Set(behind.map(({ region }) => region))].sort(compareText);
  return Promise.all([
    readIap(context, `projects/${number}/iap_web`, pathOf`projects/${number}/iap_web`),
    ...regions.map((region) =>
      readIap(
        context,
        `projects/${number}/iap_web/cloud_run-${region}`,
        pathOf`projects/${number}/iap_web/cloud_run-${region}`,
      ),
    ),
  ]);
}

async function readIap(context: ProjectContext, resource: string, path: string): Promise<IapRecord> {
  if (context.number === null)
    return { resource, policy: { status: "failed", reason: "not asked: the project's number is not known" } };
  const outcome = await context.client.call({
    api: "iap",
    method: "POST",
    path: `v1/${path}:getIamPolicy`,
    body: policyVersion,
  });
  return { resource, policy: toReading(outcome, parsePolicy) };
}
