import { expect } from "vitest";
import { builtInRole, builtInRolesDate } from "../../../src/gcp/builtin-roles.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { ana, bound, invoker } from "../../access/example.ts";
import { bind, partial, roleOf, service, world } from "../../access/tiny-world.ts";
import { type CloudWorld, customRole, grants, makeWorld } from "../../cloud/world.ts";
import { read, world as cloudWorld } from "../../gcp/read-once.ts";
import { type Claims, example, lets } from "./claims.ts";
import { report } from "./shop.ts";

const small = "projects/acme/roles/small";

/** A cloud whose project grants a custom role to Ana. */
function withCustomRole(state?: "DISABLED" | "DELETED"): CloudWorld {
  const content = cloudWorld({ policy: grants([small, ana]) });
  return makeWorld({ ...content, customRoles: [customRole(small, ["run.routes.invoke", "run.services.list"], state)] });
}

async function rolesRead(content: CloudWorld): Promise<Snapshot["roles"]> {
  return (await read(content)).snapshot.roles;
}

/** Who may invoke a function where Ana has a predefined role on the project, by the built-in table. */
function byTable(role: string): Snapshot {
  const held = builtInRole(role);
  if (held === undefined) throw new Error(`${role} is not in the table`);
  return world({
    services: [service("fn", { kind: "function" })],
    project: { bindings: [bind(role, ana)] },
    roles: [roleOf(role, held)],
  });
}

export const roles: Claims = {
  "A role holds what it held when the snapshot was taken. Custom roles are read as well.": async () => {
    expect(await rolesRead(withCustomRole())).toEqual([
      { name: small, source: "live", permissions: { status: "read", value: ["run.routes.invoke"] } },
    ]);
  },
  "Where a predefined role cannot be read, the table that is built into the program answers, and the report names the role and the date of the table.":
    async () => {
      const content = cloudWorld({ policy: grants(["roles/run.developer", ana]) });
      expect(await rolesRead(content)).toMatchObject([
        { name: "roles/run.developer", source: builtInRolesDate, permissions: { status: "read" } },
      ]);
      const roleRecord = { ...roleOf("roles/run.invoker", ["run.routes.invoke"]), source: "2026-08-22" };
      expect(report({ world: { roles: [roleRecord] } }).builtInRoles).toEqual([
        { role: "roles/run.invoker", date: "2026-08-22" },
      ]);
    },
  "A role that was read and does not list the permission opens nothing.": () => example("listed without it = no"),
  "The built-in table knows harmless roles too, so that they are not unknown.": () => {
    expect(builtInRole("roles/bigquery.dataViewer")).toEqual({ status: "read", value: [] });
    lets(byTable("roles/bigquery.dataViewer"));
  },
  "A role that was not read and is not in the table may hold anything: whoever has it is `unknown`.": () => {
    expect(builtInRole("roles/brand.newRole")).toBeUndefined();
    example("not listed and not readable = unknown");
  },
  "A role of which only a part is known opens what that part lists. The rest is unknown.": () => {
    lets(bound(ana, { roles: [roleOf(invoker, partial(["run.routes.invoke"]))] }), `${ana} allowed`);
    lets(bound(ana, { roles: [roleOf(invoker, partial(["run.jobs.run"]))] }), `${ana} unknown`);
  },
  "A custom role that is deleted or disabled opens nothing.": async () => {
    for (const state of ["DISABLED", "DELETED"] as const) {
      const [record] = await rolesRead(withCustomRole(state));
      expect(record).toMatchObject({ name: small, permissions: { status: "read", value: [] } });
    }
    lets(bound(ana, { roles: [roleOf(invoker, [])] }));
  },
  "A role that ends in `_withcond_` and a hash hides a condition, since its policy was read below version 3: `unknown`.":
    () => example("a role that ends in _withcond_ was read below version 3: unknown"),
  "`roles/owner` and `roles/editor` of a project open every service in it, and `roles/viewer` opens none.": () => {
    lets(byTable("roles/owner"), `${ana} allowed`);
    lets(byTable("roles/editor"), `${ana} allowed`);
    lets(byTable("roles/viewer"));
  },
  "`roles/cloudfunctions.invoker` opens no function of the second generation: the policy of the service beneath decides.":
    () => {
      lets(byTable("roles/cloudfunctions.invoker"));
      lets(byTable("roles/run.servicesInvoker"), `${ana} allowed`);
    },
};
