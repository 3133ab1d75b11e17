import type { Applied } from "./applied.ts";

/** What a Terraform state says that was applied. */
export interface AppliedState {
  /** The output `matrix_hash`; undefined where the state has none. */
  readonly hash: string | undefined;
  /** Whether a row of Cloud Run in it has a member. */
  readonly hasMember: Applied["hasMember"];
  /** The ids of the projects whose rows it holds. */
  readonly projects: ReadonlySet<string>;
}

interface Resource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const rowForm = /^google_cloud_run_v2_(service|job)_iam_(binding|member)$/;

/**
 * Reads a state file of version 4, or what `terraform show -json` prints of one; undefined where it is neither.
 * docs: developer.hashicorp.com/terraform/internals/json-format
 */
export function readState(text: string): AppliedState | undefined {
  const json = parseObject(text);
  const parsed = json === undefined ? undefined : (readFile(json) ?? readShown(json));
  if (parsed === undefined) return undefined;
  const members = new Set<string>();
  const projects = new Set<string>();
  for (const { type, values } of parsed.resources) {
    const kind = rowForm.exec(type)?.[1];
    const { project, location, name, role } = values;
    if (kind === undefined || typeof project !== "string" || typeof location !== "string") continue;
    // The provider writes the whole resource name where it read one.
    const id = String(name).split("/").at(-1) ?? "";
    projects.add(project);
    const written = Array.isArray(values["members"]) ? values["members"] : [values["member"]];
    for (const member of written) {
      if (typeof member === "string")
        members.add(rowKey(`projects/${project}/locations/${location}/${kind}s/${id}`, String(role), member));
    }
  }
  return {
    hash: parsed.hash,
    hasMember: (resource, role, member) => members.has(rowKey(resource, role, member)),
    projects,
  };
}

function rowKey(resource: string, role: string, member: string): string {
  return `${resource} ${role} ${member.toLowerCase()}`;
}

interface Parsed {
  readonly hash: string | undefined;
  readonly resources: readonly Resource[];
}

function readFile(json: Readonly<Record<string, unknown>>): Parsed | undefined {
  if (json["version"] !== 4 || !Array.isArray(json["resources"])) return undefined;
  const resources = json["resources"].flatMap((resource: unknown) => {
    const { type, instances } = asObject(resource);
    if (typeof type !== "string" || !Array.isArray(instances)) return [];
    return instances.map((instance: unknown) => ({ type, values: asObject(asObject(instance)["attributes"]) }));
  });
  return { hash: hashIn(json["outputs"]), resources };
}

function readShown(json: Readonly<Record<string, unknown>>): Parsed | undefined {
  if (typeof json["format_version"] !== "string") return undefined;
  const values = asObject(json["values"]);
  const visit = (module: Readonly<Record<string, unknown>>): readonly Resource[] => [
    ...listOf(module["resources"]).flatMap((resource) => {
      const { type, values: attributes } = resource;
      return typeof type === "string" ? { type, values: asObject(attributes) } : [];
    }),
    ...listOf(module["child_modules"]).flatMap(visit),
  ];
  return { hash: hashIn(values["outputs"]), resources: visit(asObject(values["root_module"])) };
}

function hashIn(outputs: unknown): string | undefined {
  const { value } = asObject(asObject(outputs)["matrix_hash"]);
  return typeof value === "string" ? value : undefined;
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  // Any object can be read by key; what is found is checked again.
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
