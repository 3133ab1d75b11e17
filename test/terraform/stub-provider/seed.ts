import { withServerDefaults } from "./resources/cloud-run-defaults.ts";
import type { ObjectValue } from "./wire/value.ts";
import { accountEmail, jobPath, servicePath, type World } from "./world.ts";

export interface Place {
  readonly project: string;
  readonly location: string;
  readonly name: string;
}

export interface SeededService extends Place {
  readonly image?: string;
  /** E-mail address of the runtime account; Google's default account where it is left out. */
  readonly serviceAccount?: string;
  /** Further arguments in the shape of the Terraform resource, such as `{ ingress: "..." }`. */
  readonly values?: ObjectValue;
}

/** A service as a pipeline deploys it, behind Terraform's back. Returns its resource name. */
export function seedService(world: World, service: SeededService): string {
  const path = servicePath(service.project, service.location, service.name);
  const container: ObjectValue = { image: service.image ?? "example.test/app:1" };
  const template: ObjectValue = {
    containers: [container],
    ...(service.serviceAccount === undefined ? {} : { service_account: service.serviceAccount }),
  };
  world.services[path] = {
    ...withServerDefaults({ template: [template], ...service.values }),
    uid: `uid-of-${service.name}-0`,
    generation: "1",
  };
  return path;
}

export function seedJob(world: World, job: Place): string {
  const path = jobPath(job.project, job.location, job.name);
  world.jobs[path] = { uid: `uid-of-${job.name}-0` };
  return path;
}

/** Returns the e-mail address. */
export function seedAccount(
  world: World,
  account: {
    readonly project: string;
    readonly accountId: string;
    readonly displayName?: string;
    readonly description?: string;
  },
): string {
  const email = accountEmail(account.project, account.accountId);
  world.accounts[email] = {
    uniqueId: `1000${Object.keys(world.accounts).length}`,
    displayName: account.displayName ?? "",
    description: account.description ?? "",
    disabled: false,
  };
  return email;
}

/** Replaces the members of a role behind Terraform's back: nothing is checked and nothing logged. */
export function seedMembers(world: World, resource: string, role: string, members: readonly string[]): void {
  const { [role]: _, ...others } = world.policies[resource] ?? {};
  world.policies[resource] = members.length > 0 ? { ...others, [role]: members } : others;
}
