import { calleeKinds } from "../callees/registry.ts";
import { parseMember } from "../access/member.ts";
import { accountProject } from "../access/account-project.ts";
import { serviceResource } from "../access/run-resource.ts";
import type { Policy, Reading, ServiceRecord, Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { AuditLevel, AuditResource, PolicyGrant, RunSettings } from "./audit-entry.ts";
import { keyed } from "./deltas.ts";
import { emailOf } from "./read-settings.ts";
import type { ResourceState } from "./timeline.ts";

/** What a snapshot says of every resource whose policy or settings a log can change. What was not read is not in it. */
export function snapshotStates(snapshot: Snapshot): ReadonlyMap<string, ResourceState> {
  const states = new Map<string, ResourceState>();
  const add = (resource: AuditResource, policy: Reading<Policy> | undefined, settings: RunSettings | null): void => {
    // A part of a policy would make everything else in it look new.
    const whole = policy?.status === "read" ? policy.value : undefined;
    if (whole === undefined && settings === null) return;
    const grants = whole === undefined ? null : keyed(grantsOf(whole));
    states.set(resource.name, { resource, grants, etag: whole?.etag ?? null, settings, at: null });
  };
  for (const { resource, policy } of snapshot.containers)
    add({ level: levelOf(resource), name: resource }, policy, null);
  for (const project of snapshot.projects) {
    for (const { resource, policy } of project.iap) add({ level: "iap", name: resource }, policy, null);
    for (const record of [...(valueOf(project.services) ?? []), ...(valueOf(project.jobs) ?? [])]) {
      const name = serviceResource(project.project, record);
      add({ level: calleeKinds[record.kind].resource, name }, record.policy, settingsOf(record));
      if (record.iap !== null) add({ level: "iap", name: record.iap.resource }, record.iap.policy, null);
    }
  }
  for (const { email, policy } of snapshot.accounts)
    add({ level: "account", name: accountResource(email, snapshot) }, policy, null);
  return states;
}

function grantsOf({ bindings }: Policy): readonly PolicyGrant[] {
  return bindings.flatMap(({ role, members, condition }) =>
    members.map((member) => ({ role, member: parseMember(member).principal, condition: condition ?? null })),
  );
}

function settingsOf(record: ServiceRecord): RunSettings {
  return {
    ingress: record.ingress,
    invokerCheckDisabled: record.invokerCheckDisabled,
    defaultUrlDisabled: record.defaultUrlDisabled,
    iapEnabled: record.iapEnabled,
    account: emailOf(record.account),
  };
}

/** As entries of a log name it: default accounts have no project in their address. */
function accountResource(email: string, snapshot: Snapshot): string {
  const listing = snapshot.projects.find(({ accounts }) => valueOf(accounts)?.includes(email) === true)?.project;
  return `projects/${accountProject(email) ?? listing ?? "-"}/serviceAccounts/${email}`;
}

export function levelOf(resource: string): AuditLevel {
  if (resource.startsWith("projects/")) return "project";
  return resource.startsWith("folders/") ? "folder" : "organization";
}

/** The projects of which a snapshot lists all services, or all jobs, each with the level that is listed. */
export function wholeLists(snapshot: Snapshot | undefined): ReadonlySet<string> {
  return new Set(
    (snapshot?.projects ?? []).flatMap(({ project, services, jobs }) => [
      ...(services.status === "read" ? [`${project} service`] : []),
      ...(jobs.status === "read" ? [`${project} job`] : []),
    ]),
  );
}

/** The ids of projects by their numbers, as far as a snapshot has both. */
export function numbersOf({ containers, projects }: Snapshot): readonly (readonly [string, string])[] {
  return [
    ...containers.flatMap(({ resource, details }) => {
      const number = valueOf(details)?.number;
      return resource.startsWith("projects/") && number !== undefined
        ? [[number, resource.slice("projects/".length)] as const]
        : [];
    }),
    ...projects.flatMap(({ project, iap }) =>
      iap.flatMap(({ resource }) => {
        const number = /^projects\/(\d+)\//.exec(resource)?.[1];
        return number === undefined ? [] : [[number, project] as const];
      }),
    ),
  ];
}
