import { attributesOf, blocksOf, type BlockSchema, type NestedSchema, type TypeNotation } from "./schemas/schema.ts";
import { isList, isObject, Unknown, type ObjectValue, type Value } from "./wire/value.ts";

/**
 * The value with everything that its schema names and nothing else, as Terraform wants a state: what
 * is missing, or not known, becomes null.
 */
export function conform(schema: BlockSchema, value: ObjectValue): ObjectValue {
  const attributes = attributesOf(schema).map(([name, { type }]) => [name, conformTo(type, value[name] ?? null)]);
  const blocks = blocksOf(schema).map(([name, block]) => [name, conformNested(block, value[name] ?? null)]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function conformNested(block: NestedSchema, value: Value): Value {
  if (isObject(value)) return conform(block, value);
  if (isList(value)) return value.filter(isObject).map((item) => conform(block, item));
  return block.nesting === "single" ? null : [];
}

function conformTo(type: TypeNotation, value: Value): Value {
  if (value instanceof Unknown) return null;
  if (typeof type === "string") return value;
  const [kind, inner] = type;
  if (isList(value)) return kind === "object" ? null : value.map((item) => conformTo(inner, item));
  if (!isObject(value)) return value;
  if (kind === "object") {
    return Object.fromEntries(
      Object.entries(inner).map(([name, field]) => [name, conformTo(field, value[name] ?? null)]),
    );
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, conformTo(inner, item)]));
}
