import schema from "../../../schemas/matrix.schema.json" with { type: "json" };

export type SchemaNode = { readonly [key: string]: unknown };

/** A part of the schema, and the name of the definition that it is, if it is one. */
export interface FoundNode {
  readonly node: SchemaNode;
  readonly definition: string | undefined;
}

/** What data is held against: a definition, an included file, or, undefined, the root file. */
export type SchemaStart = "caller" | "include" | "service" | undefined;

const definitions: Readonly<Record<string, SchemaNode>> = schema.$defs;

/**
 * The part of the schema that a value is held against, found by the value's own path: of several forms, the one that
 * fits the type of the value.
 * @param start the definition that the data as a whole is held against; undefined for the matrix itself
 */
export function schemaNodeAt(data: unknown, path: readonly string[], start: SchemaStart): FoundNode {
  let value = data;
  // An included file holds some of the keys of a matrix, in the same form.
  const isFile = start === undefined || start === "include";
  let found = resolve({ node: isFile ? schema : (definitions[start] ?? {}), definition: start }, value);
  for (const step of path) {
    const { node } = found;
    value =
      typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
    const named = (node["properties"] as Readonly<Record<string, SchemaNode>> | undefined)?.[step];
    const next = named ?? node["items"] ?? node["additionalProperties"];
    if (typeof next !== "object" || next === null) return { node: {}, definition: undefined };
    found = resolve({ node: next as SchemaNode, definition: undefined }, value);
  }
  return found;
}

/** Whether a value has one of the types that the schema takes at its place; then what is wrong with it is something else. */
export function hasRightType(data: unknown, path: readonly string[], start: SchemaStart): boolean {
  return fitsType(schemaNodeAt(data, path, start).node, valueAtSteps(data, path));
}

/** Follows references, and picks among several forms. */
function resolve(found: FoundNode, value: unknown): FoundNode {
  const { node } = found;
  if (typeof node["$ref"] === "string") {
    const definition = node["$ref"].replace(/^.*#\/\$defs\//, "");
    return resolve({ node: definitions[definition] ?? {}, definition }, value);
  }
  const forms = node["anyOf"] as readonly SchemaNode[] | undefined;
  if (forms === undefined || node["properties"] !== undefined) return found;
  const candidates = forms.map((form) => resolve({ node: form, definition: undefined }, value));
  return candidates.find(({ node: each }) => fitsType(each, value)) ?? found;
}

function fitsType(node: SchemaNode, value: unknown): boolean {
  const types = node["enum"] === undefined ? [node["type"]].flat() : ["string"];
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return types.includes(type);
}

/** The keys and indexes of a JSON Pointer. */
export function pointerSteps(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value under keys and indexes; undefined where there is none. */
export function valueAtSteps(data: unknown, steps: readonly string[]): unknown {
  let value = data;
  for (const step of steps) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[step];
  return value;
}
