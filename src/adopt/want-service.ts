import { calleeKinds } from "../callees/registry.ts";
import type { Account, Ingress, Public } from "../matrix/schema/generated/document.ts";
import { adoptedReason } from "../matrix/model/adopted-text.ts";
import { isValidAccountId } from "../matrix/model/account-id.ts";
import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import type { Keyed } from "./assign-keys.ts";
import type { Wanted } from "./differing-settings.ts";
import type { Instance } from "./instance.ts";
import { isEmail } from "./read-instances.ts";

/** Says what each thing that was found is, in settings of the language. */
export function serviceWanter(
  snapshot: Snapshot,
  found: readonly Keyed[],
  world: World | undefined,
  seen: Instant,
): (keyed: Keyed) => Wanted {
  const manageOf = accountManager(snapshot, found, world);
  return (keyed) => {
    const { key, instances } = keyed;
    const [first] = instances;
    const all = (of: (instance: Instance) => readonly string[]): readonly string[] =>
      [...new Set(instances.flatMap(of))].sort();
    return {
      kind: first.kind,
      project: first.project,
      regions: instances.map(({ region }) => region),
      name: first.name,
      account: accountOf(first, manageOf(key, first)),
      email: first.account,
      ingress: ingressOf(first),
      public: publicOf(first, seen),
      iap: first.iap,
      role: first.role,
      mode: modeOf(keyed),
      rowElsewhere: all(({ rowElsewhere }) => rowElsewhere),
      accountElsewhere: all(({ accountElsewhere }) => accountElsewhere),
    };
  };
}

/** Terraform holds a row only where it can hold exactly what is there, in each region, and nobody else does. */
export function modeOf({ instances }: Keyed): "observe" | "enforce" {
  return instances.some(({ obstacles, rowElsewhere }) => obstacles.length + rowElsewhere.length > 0)
    ? "observe"
    : "enforce";
}

/**
 * An account of the service's own project has an id there; every other one is named by its address. One that is not known
 * is not made either.
 */
function accountOf(instance: Instance, manage: NonNullable<Account["manage"]>): Account {
  const { account = "" } = instance;
  if (isAtHome(instance)) return { id: account.slice(0, account.indexOf("@")), manage };
  return isEmail(account) ? { email: account } : { manage: "reference" };
}

/** Whether what runs as an account is in the account's project: only such a service can manage it. */
function isAtHome({ account = "", project }: Instance): boolean {
  const [id = "", domain] = account.split("@");
  return domain === `${project}.iam.gserviceaccount.com` && isValidAccountId(id);
}

/**
 * Who adopts an account: the service that does already, else one in its project whose row is enforced, and the namesake
 * before others. Nobody adopts what is not known to exist, or what another state manages.
 */
function accountManager(
  { accounts }: Snapshot,
  found: readonly Keyed[],
  world: World | undefined,
): (key: string, instance: Instance) => "adopt" | "reference" {
  const existing = new Set(
    accounts.flatMap(({ email, details }) => (details.status === "read" && details.value !== null ? [email] : [])),
  );
  const holders = new Map<string, string>();
  for (const { key, account } of [...(world?.services.values() ?? []), ...(world?.callers.values() ?? [])]) {
    if (account?.source === "project" && account.manage !== "reference") holders.set(account.email, key);
  }
  const ranked = found.toSorted((a, b) => rank(a) - rank(b) || Number(isNamesake(b)) - Number(isNamesake(a)));
  for (const { key, instances } of ranked) {
    const { account } = instances[0];
    if (account !== undefined && isAtHome(instances[0]) && !holders.has(account)) holders.set(account, key);
  }
  return (key, { account = "", accountElsewhere }) =>
    existing.has(account) && accountElsewhere.length === 0 && holders.get(account) === key ? "adopt" : "reference";
}

function rank(keyed: Keyed): number {
  return modeOf(keyed) === "enforce" ? 0 : 1;
}

/** Whether the account was made for the service, by its name. */
function isNamesake({ instances: [{ name, account = "" }] }: Keyed): boolean {
  return account.startsWith(`${name}-`) || account.startsWith(`${name}@`);
}

function ingressOf({ kind, ingress }: Instance): Ingress | undefined {
  return !calleeKinds[kind].takesRequests || ingress === "none" || ingress === "unknown" ? undefined : ingress;
}

function publicOf({ open, role, resource }: Instance, seen: Instant): Public | undefined {
  switch (open) {
    case undefined:
      return undefined;
    case "allUsers":
      return { reason: adoptedReason(seen, `granted by ${role} on ${resource}`) };
    case "no-invoker-check":
      return { reason: adoptedReason(seen, `the invoker check of ${resource} is off`), via: "no-invoker-check" };
  }
}
