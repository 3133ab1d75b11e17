import { permissions } from "../access/permissions.ts";
import { builtInRole } from "../gcp/builtin-roles.ts";
import { writePermissions } from "./grant-steps.ts";
import { asValues, listOf, own, type PlanChange, type TerraformPlan } from "./plan.ts";
import { hasTrue } from "./resolved.ts";
import type { ValueResolver } from "./resolve-value.ts";

/** Whether a role carries one of some permissions. */
export type Carries = "yes" | "no" | "unknown";

/** A custom role in a plan. */
export interface PlanRole {
  readonly change: PlanChange;
  /** `projects/P/roles/R` or `organizations/O/roles/R`; undefined where a part of it is not known. */
  readonly name: string | undefined;
  readonly before: readonly string[];
  readonly after: RoleContents;
}

interface RoleContents {
  readonly permissions: readonly string[];
  /** Whether that is all. */
  readonly isWhole: boolean;
}

/** What roles may do: those of Google by the table that is built in, custom ones as the plan makes or reads them. */
export class RoleBook {
  readonly inPlan: readonly PlanRole[];
  readonly #known = new Map<string, RoleContents>();

  constructor(plan: TerraformPlan, resolver: ValueResolver) {
    for (const change of plan.read.values()) {
      const name = own(change.after ?? {}, "name");
      if (change.isData && change.type === "google_iam_role" && typeof name === "string")
        this.#known.set(name, { permissions: textsIn(own(change.after ?? {}, "included_permissions")), isWhole: true });
    }
    const ofResources = new Map<string, RoleContents>();
    this.inPlan = plan.changes.flatMap((change) => planRole(change, resolver) ?? []);
    // Two resources may hold one role, and Terraform applies them in any order: it may do what either says.
    for (const { name, after } of this.inPlan) {
      const before = name === undefined ? undefined : ofResources.get(name);
      if (name !== undefined) ofResources.set(name, before === undefined ? after : both(before, after));
    }
    for (const [name, contents] of ofResources) this.#known.set(name, contents);
  }

  carries(role: string, wanted: readonly string[]): Carries {
    const ofPlan = this.#known.get(role);
    if (ofPlan !== undefined) return judge(ofPlan, wanted);
    const builtIn = builtInRole(role);
    if (builtIn === undefined || !("value" in builtIn)) return "unknown";
    const all = [...builtIn.value, ...(unlisted.get(role) ?? [])];
    // Whoever may write the policy of services may write that of jobs.
    if (all.includes(permissions.setServicePolicy)) all.push(writePermissions.setJobPolicy);
    return judge({ permissions: all, isWhole: builtIn.status === "read" }, wanted);
  }
}

/** Of what the built-in table says nothing. docs: /iap/docs/managing-access, /iam/docs/roles-permissions/iam */
const unlisted: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["roles/iap.admin", writePermissions.setIap],
  ["roles/iam.securityAdmin", writePermissions.setIap],
  ["roles/iam.admin", writePermissions.setProviders],
  ["roles/iam.workloadIdentityPoolAdmin", writePermissions.setProviders],
  ["roles/owner", [...writePermissions.setIap, ...writePermissions.setProviders]],
]);

function both(a: RoleContents, b: RoleContents): RoleContents {
  return { permissions: [...a.permissions, ...b.permissions], isWhole: a.isWhole && b.isWhole };
}

function judge({ permissions: held, isWhole }: RoleContents, wanted: readonly string[]): Carries {
  if (wanted.some((each) => held.includes(each))) return "yes";
  return isWhole ? "no" : "unknown";
}

function planRole(change: PlanChange, resolver: ValueResolver): PlanRole | undefined {
  const isOfProject = change.type === "google_project_iam_custom_role";
  if (change.isData || change.isDeposed || (!isOfProject && change.type !== "google_organization_iam_custom_role"))
    return undefined;
  const stays = change.action !== "delete" && change.after !== undefined;
  // Whoever deletes a role leaves bindings that grant nothing; whoever forgets one leaves it as it was.
  const isForgotten = change.action === "forget";
  const argument = (name: string): string | undefined =>
    (stays ? resolver.after(change, name) : resolver.before(change, name)).text;
  const home = argument(isOfProject ? "project" : "org_id")
    ?.split("/")
    .at(-1);
  const id = argument("role_id");
  const before = textsIn(own(change.before ?? {}, "permissions"));
  const isUnknown = hasTrue(own(asValues(change.afterUnknown), "permissions"));
  return {
    change,
    name:
      home === undefined || id === undefined
        ? undefined
        : `${isOfProject ? "projects" : "organizations"}/${home}/roles/${id}`,
    before,
    after: stays
      ? { permissions: textsIn(own(change.after ?? {}, "permissions")), isWhole: !isUnknown }
      : // A role that is deleted grants nothing, but can be brought back for a week.
        { permissions: isForgotten ? before : [], isWhole: true },
  };
}

function textsIn(value: unknown): readonly string[] {
  return listOf(value).filter((each): each is string => typeof each === "string");
}
