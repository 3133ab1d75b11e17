import { parseMember } from "../access/member.ts";
import { isInheritedInForce } from "../matrix/model/inherited-in-force.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Service } from "../matrix/model/world.ts";

/** Whether a role holds the permission to call a service; undefined where that is not known, as of custom roles. */
export type Opens = (role: string) => boolean | undefined;

/**
 * Whether the matrix accepts a grant from above by which a principal gets in without an edge. perhaps: since nobody knows
 * what the role holds, or whether the project is below that folder or organization. Members of groups are not known here.
 */
export function inheritedWay(
  principal: string,
  { project }: Service,
  { inherited, asOf }: Matrix,
  opens: Opens,
): "yes" | "perhaps" | "no" {
  const here = new Set([`projects/${project.id}`, `projects/${project.number ?? ""}`]);
  const ways = inherited.flatMap(({ value }) => {
    const holder = parseMember(value.principal);
    const isMeant = holder.principal === principal || everyAccount.has(holder.kind);
    const isOpening = opens(value.role);
    if (!isMeant || isOpening === false || !isInheritedInForce(value, asOf)) return [];
    return value.at.map((place) => {
      if (!place.startsWith("projects/")) return "perhaps";
      if (!here.has(place.split("/", 2).join("/"))) return "no";
      return isOpening === true ? "yes" : "perhaps";
    });
  });
  return ways.includes("yes") ? "yes" : ways.includes("perhaps") ? "perhaps" : "no";
}

const everyAccount: ReadonlySet<string> = new Set(["allUsers", "allAuthenticatedUsers", "accounts-below"]);
