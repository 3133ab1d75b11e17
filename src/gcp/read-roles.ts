import { watchedPermissions } from "../access/permissions.ts";
import type { RoleRecord } from "../snapshot/snapshot.ts";
import { type ApiClient, pathOf } from "./api-client.ts";
import { builtInRole, builtInRolesDate } from "./builtin-roles.ts";
import { booleanAt, isSegment, MalformedAnswer, textAt, textsAt } from "./json.ts";
import type { JsonObject } from "../words/json.ts";
import { hasValue, toReading, withNote } from "./reading.ts";

const watched = new Set(watchedPermissions);

/**
 * A role by the name that policies use, live; where Google does not answer, by the table that is built in. A custom role
 * that is deleted or disabled gives nothing, though bindings still name it.
 * docs: iam v1 `roles.get`, `Role`
 */
export async function readRole(client: ApiClient, name: string): Promise<RoleRecord> {
  const path = pathOfRole(name);
  if (path === undefined)
    return {
      name,
      source: "live",
      permissions: { status: "failed", reason: "not asked: it is not the name of a role" },
    };
  const outcome = await client.call({ api: "iam", path });
  const permissions = toReading(outcome, (body) => parseRole(body, name));
  if (permissions.status === "read") return { name, source: "live", permissions };
  const builtIn = builtInRole(name);
  if (builtIn === undefined) return { name, source: "live", permissions };
  const source = builtInRolesDate;
  if (!hasValue(builtIn)) return { name, source, permissions: builtIn };
  return { name, source, permissions: withNote(builtIn, `not read live: ${permissions.reason}`) };
}

function pathOfRole(name: string): string | undefined {
  const [, kind, parent, id] = /^(?:(projects|organizations)\/([^/]+)\/)?roles\/([^/]+)$/.exec(name) ?? [];
  if (id === undefined || !isSegment(id) || !isSegment(parent ?? id)) return undefined;
  return kind === undefined || parent === undefined
    ? pathOf`v1/roles/${id}`
    : `v1/${kind}/${pathOf`${parent}/roles/${id}`}`;
}

function parseRole(body: JsonObject, name: string): readonly string[] {
  const answered = textAt(body.name, "name");
  if (answered !== name) throw new MalformedAnswer(`name is that of another role: ${answered}`);
  if (booleanAt(body.deleted, "deleted") || body.stage === "DISABLED") return [];
  // No predefined role is empty: without the field the answer is cut.
  if (name.startsWith("roles/") && body.includedPermissions === undefined)
    throw new MalformedAnswer("includedPermissions is missing");
  return textsAt(body.includedPermissions, "includedPermissions")
    .filter((permission) => watched.has(permission))
    .sort();
}
