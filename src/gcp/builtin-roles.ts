import type { Reading } from "../snapshot/snapshot.ts";
import table from "./builtin-roles.json" with { type: "json" };

/** The day on which the table was taken. It is made of the contents of all predefined roles (iann0036/iam-dataset). */
export const builtInRolesDate: string = table.date;

const carrying: ReadonlyMap<string, string> = new Map(Object.entries(table.roles));
const incomplete: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(table.incomplete));
const harmless: ReadonlySet<string> = new Set(
  Object.entries(table.without).flatMap(([service, ids]) => ids.split(" ").map((id) => `roles/${service}.${id}`)),
);

/**
 * The watched permissions of a predefined role on that day: none of a role that is known not to have any, partial for
 * those that are known in part. Undefined for roles that the table does not know, custom ones among them.
 */
export function builtInRole(name: string): Reading<readonly string[]> | undefined {
  const known = incomplete.get(name);
  if (known !== undefined) return { status: "partial", value: known, reason: `of ${name} only a part is known` };
  const set = carrying.get(name);
  if (set !== undefined) return { status: "read", value: permissionsOf(set) };
  return harmless.has(name) ? { status: "read", value: [] } : undefined;
}

/** Each character stands for a permission: its place in the list, in base 36. */
function permissionsOf(set: string): readonly string[] {
  return [...set]
    .map((digit) => table.permissions[Number.parseInt(digit, 36)])
    .filter((permission) => permission !== undefined);
}
