import { seedAccount, seedMembers, seedService } from "../terraform/stub-provider/seed.ts";
import type { World } from "../terraform/stub-provider/world.ts";

// The little company of the scenarios: project acme-prod, region europe-west1.

export const PROJECT = "acme-prod";
export const REGION = "europe-west1";
export const INVOKER = "roles/run.invoker";
export const SERVICES_INVOKER = "roles/run.servicesInvoker";

/** A matrix of one environment with these lines below services, callers and trust. */
export function matrix({ services, callers = "", trust = "", more = "" }: Record<string, string>): string {
  const section = (name: string, lines: string): string => (lines.trim() === "" ? "" : `${name}:\n${indent(lines)}\n`);
  return [
    "version: 1",
    `environments: { prod: { project: ${PROJECT}, number: "111111111111", regions: [${REGION}] } }`,
    more,
    section("services", services ?? ""),
    section("callers", callers),
    section("trust", trust),
  ].join("\n");
}

function indent(lines: string): string {
  return lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Services as pipelines deployed them. */
export function deployed(world: World, ...names: readonly string[]): void {
  for (const name of names) seedService(world, { project: PROJECT, location: REGION, name });
}

/** Accounts that somebody made by hand. */
export function madeByHand(world: World, ...ids: readonly string[]): void {
  for (const accountId of ids) seedAccount(world, { project: PROJECT, accountId });
}

export function grantedByHand(world: World, name: string, members: readonly string[], role = INVOKER): void {
  seedMembers(world, serviceOf(name), role, [...members].sort());
}

export function serviceOf(name: string): string {
  return `projects/${PROJECT}/locations/${REGION}/services/${name}`;
}

export function emailOf(id: string): string {
  return `${id}@${PROJECT}.iam.gserviceaccount.com`;
}

export function memberOf(id: string): string {
  return `serviceAccount:${emailOf(id)}`;
}

/** Who holds a role on a service. */
export function holders(world: World, name: string, role = INVOKER): readonly string[] {
  return world.policies[serviceOf(name)]?.[role] ?? [];
}

export function rowOf(name: string, region = REGION): string {
  return `google_cloud_run_v2_service_iam_binding.${name}_${region}_invoker`;
}

export function membersOf(name: string, principal: string): string {
  return `google_cloud_run_v2_service_iam_member.${name}_${REGION}_invoker["${principal}"]`;
}

export function accountOf(name: string): string {
  return `google_service_account.${name}`;
}
