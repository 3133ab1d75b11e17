import type { Container, DenyPolicy, Snapshot } from "../../src/snapshot/snapshot.ts";
import { denyPolicyName } from "./apis/iam-deny.ts";
import { drawDetails, drawProject } from "./draw-project.ts";
import { deniedGroup, type Draw, drawn, drawPolicy, numbers, outsider, read, reading } from "./draw.ts";
import { findNamed } from "./find-named.ts";

/** What a snapshot says of the cloud: without what the reading itself adds. */
export type Content = Pick<Snapshot, "asked" | "scopes" | "containers" | "projects" | "accounts" | "roles" | "groups">;

/** Small snapshots of which each could have been read in whole of some cloud: everything that is named has its record. */
export const arbitraryContent = drawn(drawContent);

function drawContent(draw: Draw): Content {
  const ids = draw.one(["alpha"], ["beta"], ["alpha", "beta"]);
  const parents = new Map(ids.map((id) => [id, draw.one(null, "organizations/111", "folders/222", "folders/333")]));
  const wantScope = draw.rarely() || draw.one(true, false);
  const above = new Set([...parents.values()].flatMap(lineOf));
  const resources = [
    ...new Set([...above, ...(wantScope ? ["organizations/111"] : []), ...ids.map((id) => `projects/${id}`)]),
  ];
  const containers = resources.sort().map((resource) => drawContainer(draw, resource, parents));
  const scope = ids.filter((id) => lineOf(parents.get(id) ?? null).includes("organizations/111"));
  const inProjects = ids.map((id) => drawProject(draw, id));
  const projects = inProjects.map(({ record }) => record);
  const listed = inProjects.flatMap(({ accounts }) => accounts);
  const { groups, roles, emails } = findNamed(draw, { containers, projects, listed });
  const strangers = emails.filter((email) => listed.every((one) => one.email !== email));
  return {
    asked: { projects: ids, scope: wantScope ? ["organizations/111"] : [], groups: true },
    scopes: wantScope ? [{ resource: "organizations/111", projects: reading(draw, scope) }] : [],
    containers,
    projects,
    accounts: [
      ...listed,
      ...strangers.map((email) => ({ email, details: email === outsider ? drawDetails(draw, 3) : read(null) })),
    ].sort((a, b) => (a.email < b.email ? -1 : 1)),
    groups,
    roles,
  };
}

function lineOf(parent: string | null): readonly string[] {
  switch (parent) {
    case "folders/333":
      return ["folders/333", ...lineOf("folders/222")];
    case "folders/222":
      return ["folders/222", "organizations/111"];
    default:
      return parent === null ? [] : [parent];
  }
}

function drawContainer(draw: Draw, resource: string, parents: ReadonlyMap<string, string | null>): Container {
  const [kind, name = ""] = resource.split("/");
  const number = numbers[name] ?? name;
  const parent = kind === "projects" ? (parents.get(name) ?? null) : (lineOf(resource)[1] ?? null);
  const denyPolicies = draw.some(["fence", "wall"]).map((id): DenyPolicy => ({
    name: denyPolicyName(`${kind}/${number}`, id),
    rules: [
      {
        deniedPrincipals: draw.some(["principalSet://goog/public:all", "principal://goog/subject/eve@acme.test"]),
        exceptionPrincipals: draw.some([`principalSet://goog/group/${deniedGroup}`]),
        deniedPermissions: ["run.googleapis.com/routes.invoke"],
        exceptionPermissions: draw.some(["run.googleapis.com/jobs.run"]),
        ...(draw.one(true, false) ? { condition: "resource.matchTag('111/env', 'prod')" } : {}),
      },
    ],
  }));
  return {
    resource,
    details: read({ number, parent }),
    policy: drawPolicy(draw),
    deny: reading(draw, denyPolicies),
  };
}
