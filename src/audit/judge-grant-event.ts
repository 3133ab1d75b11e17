import { parseMember } from "../access/member.ts";
import { isManagedGrant } from "../access/service-agents.ts";
import type { AuditResource, PolicyGrant } from "./audit-entry.ts";
import type { ChangeStanding } from "./changes-report.ts";
import type { DeclaredService, DeclaredThen } from "./declared-then.ts";
import type { RoleWays, Way } from "./role-ways.ts";

/** docs: /iap/docs/managing-access */
const IAP_ROLE = "roles/iap.httpsResourceAccessor";

export interface GrantPlace {
  readonly resource: AuditResource;
  readonly grant: PolicyGrant;
}

/** What a grant opens in an environment; undefined for one that opens nothing there. */
export function wayInto({ resource, grant }: GrantPlace, declared: DeclaredThen, roles: RoleWays): Way | undefined {
  if (grant.member.startsWith("deleted:")) return undefined;
  if (resource.level === "account") {
    // Whoever becomes an account that the matrix does not name becomes nobody who is let in.
    const id = resource.name.split("/").at(-1) ?? "";
    if (id.includes("@") && !declared.accounts.has(id)) return undefined;
  } else if (!isInside(resource, declared)) {
    // Where accounts live that may call, whoever becomes one of them comes in.
    return resource.level === "project" && isHome(resource, declared) ? roles.wayOf(grant.role, "home") : undefined;
  }
  return roles.wayOf(grant.role, resource.level);
}

/**
 * Whether a project, or what is in it, is of the environment, or above it. A number that nobody knows may be anybody's:
 * it is inside.
 */
export function isInside({ name }: Pick<AuditResource, "name">, { projects, projectIds }: DeclaredThen): boolean {
  const [collection, project = ""] = name.split("/");
  if (collection !== "projects") return true;
  const id = projectIds.get(project) ?? project;
  return projects.has(id) || /^\d+$/.test(id);
}

/** Whether accounts that somebody of the matrix runs or calls as live in a project. */
export function isHome({ name }: Pick<AuditResource, "name">, { homes, projectIds }: DeclaredThen): boolean {
  const project = name.split("/")[1] ?? "";
  return homes.has(projectIds.get(project) ?? project);
}

/** What the matrix says of a grant, and which part of it. */
export function standingOf(
  place: GrantPlace,
  declared: DeclaredThen,
): { readonly standing: ChangeStanding; readonly declaredBy: string | null; readonly service: string | null } {
  const { resource, grant } = place;
  const row = rowOf(resource, declared);
  const service = row?.service.key ?? null;
  const by = (standing: ChangeStanding, declaredBy: string | null = null) => ({ standing, declaredBy, service });
  if (isManaged(place, declared)) return by("managed");
  const entry = declared.inheritedBy(resource.name, grant.role, grant.member);
  if (entry !== undefined && grant.condition === null) return by("inherited", entry);
  if (row === undefined || grant.condition !== null) return by("undeclared");
  if (resource.level === "iap")
    return row.throughIap.has(grant.member) && grant.role === IAP_ROLE
      ? by("declared", row.service.key)
      : by("undeclared");
  if (grant.role !== row.service.invokerRole) return by("undeclared");
  const edge = row.members.get(grant.member);
  if (edge !== undefined) return by("declared", edge);
  const lapsed = row.lapsed.get(grant.member);
  return lapsed === undefined ? by("undeclared") : by("expired", lapsed);
}

export function rowOf({ level, name }: AuditResource, declared: DeclaredThen): DeclaredService | undefined {
  if (level !== "iap") return declared.rows.get(name);
  const [, number = "", region, id] =
    /^projects\/([^/]+)\/iap_web\/cloud_run-([^/]+)\/services\/([^/]+)$/.exec(name) ?? [];
  const project = declared.projectIds.get(number) ?? number;
  return declared.rows.get(`projects/${project}/locations/${region}/services/${id}`);
}

function isManaged({ resource: { level, name }, grant }: GrantPlace, { projectIds }: DeclaredThen): boolean {
  const member = parseMember(grant.member);
  if (member.kind !== "serviceAccount") return false;
  const holder = name.split("/")[1] ?? "";
  const number = /^\d+$/.test(holder) ? holder : [...projectIds].find(([, id]) => id === holder)?.[0];
  const of = level === "folder" || level === "organization" || level === "project" ? level : "service";
  return isManagedGrant(member.email, grant.role, { level: of, number });
}
