import { calleeKinds } from "../callees/registry.ts";
import type { ServiceRecord } from "../snapshot/snapshot.ts";

/** As which kind of resource the APIs list what runs. */
export type RunCollection = "services" | "jobs" | "functions";

/** A function is the service beneath it. */
export function runCollection({ kind }: Pick<ServiceRecord, "kind">): Exclude<RunCollection, "functions"> {
  return calleeKinds[kind].collection;
}

/** The name of a service, job or function as its API writes it: googleapis google/cloud/run/v2/service.proto, Service.name. */
export function runResource(project: string, region: string, collection: RunCollection, name: string): string {
  return `projects/${project}/locations/${region}/${collection}/${name}`;
}

/** The name of what carries the rows of a service or job as Cloud Run's API writes it. */
export function serviceResource(
  project: string,
  { kind, region, name }: Pick<ServiceRecord, "kind" | "region" | "name">,
): string {
  return runResource(project, region, runCollection({ kind }), name);
}
