/**
 * A schema as plain data. An attribute is one line: its type, then any of the words
 *   required | optional | computed   as Terraform means them (optional computed: the server may fill it in)
 *   replace                          a change makes a new resource ("ForceNew")
 *   default=X                        what the provider plans where the configuration says nothing
 * Types: string, bool, number, list(T), set(T), map(T), object(name:T,other:T).
 */
export interface BlockSchema {
  readonly attributes: Readonly<Record<string, string>>;
  readonly blocks?: Readonly<Record<string, NestedSchema>>;
}

export interface NestedSchema extends BlockSchema {
  /** "one" is a list of at most one block, as the provider writes most of its nested objects. */
  readonly nesting: "one" | "list" | "set" | "single";
  readonly required?: true;
  /** The server fills it in where the configuration leaves it out. */
  readonly computed?: true;
  readonly replace?: true;
}

/** A type in Terraform's own JSON notation, such as ["list","string"]. */
export type TypeNotation =
  | "string"
  | "bool"
  | "number"
  | readonly ["list" | "set" | "map", TypeNotation]
  | readonly ["object", Readonly<Record<string, TypeNotation>>];

export interface AttributeSchema {
  readonly type: TypeNotation;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly replace: boolean;
  readonly default: string | number | boolean | undefined;
}

const parsed = new Map<string, AttributeSchema>();

export function attributeSchema(line: string): AttributeSchema {
  const known = parsed.get(line);
  if (known) return known;
  const [type = "", ...words] = line.split(" ");
  const fallback = words.find((word) => word.startsWith("default="))?.slice("default=".length);
  const schema: AttributeSchema = {
    type: parseType(type),
    required: words.includes("required"),
    optional: words.includes("optional"),
    computed: words.includes("computed"),
    replace: words.includes("replace"),
    default: fallback === undefined ? undefined : scalar(fallback, type),
  };
  parsed.set(line, schema);
  return schema;
}

export function attributesOf(block: BlockSchema): readonly (readonly [string, AttributeSchema])[] {
  return Object.entries(block.attributes).map(([name, line]) => [name, attributeSchema(line)]);
}

export function blocksOf(block: BlockSchema): readonly (readonly [string, NestedSchema])[] {
  return Object.entries(block.blocks ?? {});
}

function scalar(written: string, type: string): string | number | boolean {
  if (type === "bool") return written === "true";
  return type === "number" ? Number(written) : written;
}

function parseType(written: string): TypeNotation {
  const [, kind, inner] = /^(list|set|map|object)\((.*)\)$/.exec(written) ?? [];
  if (inner === undefined) return primitive(written);
  if (kind === "object") {
    return ["object", Object.fromEntries(splitFields(inner).map(parseField))];
  }
  return [kind as "list" | "set" | "map", parseType(inner)];
}

function primitive(written: string): "string" | "bool" | "number" {
  if (written === "string" || written === "bool" || written === "number") return written;
  throw new Error(`unknown type in a schema: ${written}`);
}

function parseField(field: string): readonly [string, TypeNotation] {
  const [name = "", ...type] = field.split(":");
  return [name, parseType(type.join(":"))];
}

/** Splits at the commas that are not inside parentheses. */
function splitFields(fields: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < fields.length; index += 1) {
    if (fields[index] === "(") depth += 1;
    if (fields[index] === ")") depth -= 1;
    if (fields[index] === "," && depth === 0) {
      found.push(fields.slice(start, index));
      start = index + 1;
    }
  }
  return [...found, fields.slice(start)];
}
