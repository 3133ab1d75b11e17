import type { ConditionValue } from "../access/evaluate-condition.ts";
import type { DeclaredAccess } from "./declared-access.ts";
import type { PlanChange, TerraformPlan } from "./plan.ts";
import type { GrantChange, PlanGrant, Target } from "./plan-grant.ts";
import type { RoleBook } from "./role-contents.ts";
import type { ValueResolver } from "./resolve-value.ts";
import { parseMember } from "../access/member.ts";

/** Everything that the judges of a plan see. */
export interface GuardContext {
  /** What a condition is worth at the moment at which the matrix is judged. */
  readonly evaluate: (expression: string) => ConditionValue;
  /** Whether a condition is surely false, now and later. */
  readonly neverHolds: (expression: string) => boolean;
  readonly plan: TerraformPlan;
  /** Whether nothing is taken for what it refers to. */
  readonly isStrict: boolean;
  readonly declared: DeclaredAccess;
  readonly resolver: ValueResolver;
  readonly roles: RoleBook;
  /** Every resource that grants, as it was and will be. */
  readonly grants: readonly GrantChange[];
  /** Keys of all grants that stand before the plan, and of those that will stand after it. */
  readonly standing: ReadonlySet<string>;
  readonly staying: ReadonlySet<string>;
}

/** Whether a resource is one that a stack of the matrix holds, in a plan of such a stack. */
export function isOwn({ plan, declared }: Pick<GuardContext, "declared" | "plan">, change: PlanChange): boolean {
  return plan.isOurs && change.module === "" && declared.ownAddresses.has(`${change.type}.${change.name}`);
}

/** Where a target is, seen from the matrix. */
export type Whereabouts =
  | { readonly kind: "inside"; readonly project: string; readonly environments: readonly string[] }
  /** A folder or organization, of which the matrix may not say that it is above its projects. */
  | { readonly kind: "above"; readonly isCertain: boolean; readonly environments: readonly string[] }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "unknown" };

export function whereabouts({ parent, resource, project }: Target, declared: DeclaredAccess): Whereabouts {
  const environments = [...new Set([...declared.projects.values()].flatMap((each) => each.environments))].sort();
  if (parent.level === "folder" || parent.level === "organization")
    return { kind: "above", isCertain: resource !== undefined && declared.above.has(resource), environments };
  if (parent.level === "account" && resource !== undefined) {
    const account = declared.accounts.get(resource.split("/").at(-1) ?? "");
    return account === undefined
      ? { kind: "elsewhere" }
      : { kind: "inside", project: account.project ?? "-", environments: account.environments };
  }
  const where =
    parent.level === "project" || parent.level === "account"
      ? homeWhereabouts(project.text, declared)
      : projectWhereabouts(project.text, declared);
  // A part of the id of a project of the matrix may be all that the expression refers to: "acme-${var.env}".
  const isPart = [...declared.projects.keys()].some((id) => project.text !== undefined && id.includes(project.text));
  return where.kind === "elsewhere" && project.isAssumed && isPart ? { kind: "unknown" } : where;
}

/** Where a project is, by its id or number; undefined: by nobody knows what. */
export function projectWhereabouts(project: string | undefined, declared: DeclaredAccess): Whereabouts {
  // What Google calls no project is none that is another's: the provider may make something else of it.
  if (project === undefined || !/^[a-z\d][\w.:-]*$/i.test(project)) return { kind: "unknown" };
  const id = declared.projectId(project);
  if (id === undefined) return { kind: declared.mayBeOurs(project) ? "unknown" : "elsewhere" };
  return { kind: "inside", project: id, environments: declared.projects.get(id)?.environments ?? [] };
}

/** The same of what accounts hang on: projects that hold an account of the matrix count as well. */
export function homeWhereabouts(project: string | undefined, declared: DeclaredAccess): Whereabouts {
  const where = projectWhereabouts(project, declared);
  if (where.kind !== "elsewhere" || project === undefined) return where;
  const held = [...declared.accounts.values()].filter((account) => account.project === project);
  if (held.length === 0) return where;
  return {
    kind: "inside",
    project,
    environments: [...new Set(held.flatMap(({ environments }) => environments))].sort(),
  };
}

/** The full name of a target, with its project by id. */
export function resourceOf({ resource }: Target, declared: DeclaredAccess): string | undefined {
  return resource?.replace(
    /^projects\/([^/]+)/,
    (_, project: string) => `projects/${declared.projectId(project) ?? project}`,
  );
}

/** What makes two grants the same; undefined where a part of it is not known. */
export function grantKey({ target, role, member, condition }: PlanGrant, declared: DeclaredAccess): string | undefined {
  const resource = resourceOf(target, declared);
  if (resource === undefined || role.text === undefined || member.text === undefined) return undefined;
  return JSON.stringify([target.parent.level, resource, role.text, parseMember(member.text).principal, condition]);
}

/** A value of a plan as text may hold it: what is sensitive stays out. */
export function shown(
  value: { readonly text: string | undefined; readonly isSensitive: boolean },
  what: string,
): string {
  if (value.isSensitive) return `${what} that the plan marks as sensitive`;
  return value.text ?? `${what} that is known after apply only`;
}
