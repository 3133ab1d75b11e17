import type { Match } from "../callers/outside.ts";
import type { Impersonation, Pool } from "./federation.ts";

/** The part of a member after the pool: `subject/S` or `attribute.NAME/VALUE`. docs: /iam/docs/principal-identifiers */
export function memberPath(match: Match): string {
  return match.by === "subject" ? `subject/${match.value}` : `attribute.${match.name}/${match.value}`;
}

/** The scheme of a member: one identity, or everybody with an attribute. */
export function memberScheme(match: Match): "principal" | "principalSet" {
  return match.by === "subject" ? "principal" : "principalSet";
}

/** The resource name of a pool; undefined where the number of its project is not known. */
export function poolName({ project, id }: Pick<Pool, "id" | "project">): string | undefined {
  return project.number === undefined
    ? undefined
    : `projects/${project.number}/locations/global/workloadIdentityPools/${id}`;
}

/** The member that may impersonate, as policies write it; undefined where the number of the pool's project is not known. */
export function outsideMember({ by }: Impersonation): string | undefined {
  if (by.kind === "known") return by.principal;
  const pool = poolName(by.pool);
  return pool === undefined
    ? undefined
    : `${memberScheme(by.match)}://iam.googleapis.com/${pool}/${memberPath(by.match)}`;
}
