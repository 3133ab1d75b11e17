import type { Reading, ScopeRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import type { ApiClient } from "./api-client.ts";
import { MalformedAnswer, objectAt, segmentAt, textAt } from "./json.ts";
import { googleList, readList } from "./pages.ts";
import type { BareContainer } from "./read-containers.ts";
import { hasValue, parsed, withDoubts } from "./reading.ts";
import { valueOf } from "../snapshot/value-of.ts";

const PAGE_SIZE = "300";

/** The projects below each folder and organization of a scope; single projects list nothing. */
export function readScopes(client: ApiClient, scope: readonly string[]): Promise<readonly ScopeRecord[]> {
  const wide = scope.filter((resource) => !resource.startsWith("projects/"));
  return Promise.all(wide.map(async (resource) => ({ resource, projects: await readScope(client, resource) })));
}

/** The scopes again: a list that lacks a project which says itself that it lies below is not complete. */
export function amendScope(
  scopes: readonly ScopeRecord[],
  containers: ReadonlyMap<string, BareContainer>,
): readonly ScopeRecord[] {
  // At most so many levels, should answers lead in a circle.
  const isBelow = (resource: string, scope: string, levels = containers.size): boolean => {
    const details = containers.get(resource)?.details;
    const parent = (details === undefined ? undefined : valueOf(details))?.parent ?? null;
    return parent !== null && levels > 0 && (parent === scope || isBelow(parent, scope, levels - 1));
  };
  return scopes.map(({ resource, projects }) => {
    const listed = new Set(valueOf(projects));
    const lacking = [...containers.keys()]
      .filter(
        (name) =>
          name.startsWith("projects/") && !listed.has(name.slice("projects/".length)) && isBelow(name, resource),
      )
      .sort(compareText);
    return {
      resource,
      projects: withDoubts(
        projects,
        lacking.map((name) => `the list lacks ${name}, which lies below`),
      ),
    };
  });
}

/**
 * The ids of all projects below a folder or organization, at any depth, in order. Projects and folders that are being
 * deleted are left out: nothing runs in them. What cannot be listed below the top makes it partial.
 * docs: cloudresourcemanager v3 `projects.list`, `folders.list`
 */
export async function readScope(client: ApiClient, resource: string): Promise<Reading<readonly string[]>> {
  const projects = new Set<string>();
  const doubts: string[] = [];
  const visited = new Set<string>();
  let top: Reading<unknown> | undefined;

  async function visit(parent: string): Promise<void> {
    if (visited.has(parent)) return;
    visited.add(parent);
    const [own, below] = await Promise.all([
      readChildren(client, "projects", parent, "projectId"),
      readChildren(client, "folders", parent, "name"),
    ]);
    for (const [what, reading] of [
      ["projects", own],
      ["folders", below],
    ] as const) {
      if (reading.status === "read") continue;
      if (parent === resource) top ??= reading;
      doubts.push(`${what} of ${parent}: ${reading.reason}`);
    }
    if (hasValue(own)) for (const id of own.value) projects.add(id);
    if (hasValue(below)) await Promise.all(below.value.map(visit));
  }

  await visit(resource);
  const value = [...projects].sort(compareText);
  if (doubts.length === 0) return { status: "read", value };
  if (top !== undefined && value.length === 0 && !hasValue(top)) return top;
  return { status: "partial", value, reason: doubts.sort(compareText).join("; ") };
}

async function readChildren(
  client: ApiClient,
  kind: "projects" | "folders",
  parent: string,
  field: string,
): Promise<Reading<readonly string[]>> {
  const request = { api: "cloudresourcemanager", path: `v3/${kind}`, query: { parent, pageSize: PAGE_SIZE } } as const;
  const { items } = await readList(client, request, googleList(kind));
  if (!hasValue(items)) return items;
  const children = parsed(() =>
    items.value.flatMap((item, index) => parseChild(item, `${kind}[${index}]`, parent, field)),
  );
  if (children.status !== "read" || items.status === "read") return children;
  return { ...items, value: children.value };
}

function parseChild(item: unknown, place: string, parent: string, field: string): readonly string[] {
  const child = objectAt(item, place);
  const id = field === "name" ? folderAt(child.name, `${place}.name`) : segmentAt(child[field], `${place}.${field}`);
  if (textAt(child.parent, `${place}.parent`) !== parent) throw new MalformedAnswer(`${place} has another parent`);
  return textAt(child.state, `${place}.state`) === "ACTIVE" ? [id] : [];
}

function folderAt(value: unknown, place: string): string {
  const name = textAt(value, place);
  if (!/^folders\/\d+$/.test(name)) throw new MalformedAnswer(`${place} is not that of a folder`);
  return name;
}
