import { type ResourceAddress, resourceAddress } from "./resource-address.ts";

/** What a Terraform state holds. */
export interface TerraformState {
  /** What the state is called: the name of its file. */
  readonly name: string;
  /** The output `matrix_hash`; undefined where the state has none. */
  readonly hash: string | undefined;
  /** Whether matrix wrote the configuration: such a state is no other owner. */
  readonly isOurs: boolean;
  /** Instances of managed resources. */
  readonly resources: readonly StateResource[];
}

export interface StateResource extends ResourceAddress {
  readonly type: string;
  readonly values: Values;
}

export type Values = Readonly<Record<string, unknown>>;

/**
 * Reads a state file of version 4, what `terraform state pull` prints, or what `terraform show -json` prints of a state
 * or of a plan, which holds the state before it. Data sources are left out.
 * @returns undefined where the text is none of them, or holds an address that Terraform does not write: a resource that
 * is passed over would look like one that nobody owns
 * docs: developer.hashicorp.com/terraform/internals/json-format
 */
export function readTerraformState(text: string, name: string): TerraformState | undefined {
  const json = parseObject(text);
  const parsed = json === undefined ? undefined : (readFile(json) ?? readShown(json));
  if (parsed === undefined) return undefined;
  const resources: StateResource[] = [];
  for (const { module, type, name: called, index, values } of parsed.parts) {
    const address = resourceAddress(module, type, called, index);
    if (address === undefined) return undefined;
    resources.push({ ...address, type, values });
  }
  return { name, hash: parsed.hash, isOurs: parsed.hash !== undefined, resources };
}

/** An instance by the parts of its address. */
interface Parts {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index: unknown;
  readonly values: Values;
}

interface Parsed {
  readonly hash: string | undefined;
  readonly parts: readonly Parts[];
}

function readFile(json: Values): Parsed | undefined {
  if (json["version"] !== 4 || !Array.isArray(json["resources"])) return undefined;
  const parts = listOf(json["resources"]).flatMap((resource) =>
    resource["mode"] === "data"
      ? []
      : listOf(resource["instances"]).map((instance) =>
          partsOf(textOr(resource["module"]), resource, instance["index_key"], instance["attributes"]),
        ),
  );
  return { hash: hashIn(json["outputs"]), parts };
}

/** Keys of a state that holds nothing; other documents of Terraform have a format_version as well. */
const emptyKeys = new Set(["format_version", "terraform_version", "checks"]);

function readShown(json: Values): Parsed | undefined {
  // Another major version may mean anything.
  if (!/^[01]\.\d+$/.test(textOr(json["format_version"]))) return undefined;
  const isPlan = "planned_values" in json || "resource_changes" in json;
  const state = isPlan ? asObject(json["prior_state"]) : json;
  if (!isPlan && !("values" in state) && Object.keys(state).some((key) => !emptyKeys.has(key))) return undefined;
  const values = asObject(state["values"]);
  // Modules are nested as deep as whoever wrote the file likes.
  const modules = [asObject(values["root_module"])];
  const parts: Parts[] = [];
  for (const module of modules) {
    for (const resource of listOf(module["resources"])) {
      if (resource["mode"] !== "data")
        parts.push(partsOf(textOr(module["address"]), resource, resource["index"], resource["values"]));
    }
    for (const child of listOf(module["child_modules"])) modules.push(child);
  }
  return { hash: hashIn(values["outputs"]), parts };
}

function partsOf(module: string, { type, name }: Values, index: unknown, values: unknown): Parts {
  return { module, type: textOr(type), name: textOr(name), index, values: asObject(values) };
}

function hashIn(outputs: unknown): string | undefined {
  const { value } = asObject(asObject(outputs)["matrix_hash"]);
  return typeof value === "string" ? value : undefined;
}

function textOr(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function listOf(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

function asObject(value: unknown): Values {
  // Any object can be read by key; what is found is checked again.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

function parseObject(text: string): Values | undefined {
  try {
    // Windows' shells put a mark before what they redirect.
    return asObject(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return undefined;
  }
}
