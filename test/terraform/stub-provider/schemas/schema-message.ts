import type { WireMessage } from "../wire/protobuf.ts";
import { attributeSchema, attributesOf, blocksOf } from "./schema.ts";
import type { BlockSchema, NestedSchema, TypeNotation } from "./schema.ts";

const NESTING = { single: 1, one: 2, list: 2, set: 3 } as const;

/** The schema as the protocol's Schema message. */
export function schemaMessage(block: BlockSchema): WireMessage {
  return { version: 0, block: blockMessage(block) };
}

function blockMessage(block: BlockSchema): WireMessage {
  return {
    attributes: attributesOf(block).map(([name, { type, required, optional, computed }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      required,
      optional,
      computed,
    })),
    block_types: blocksOf(block).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested),
      nesting: NESTING[nested.nesting],
      ...(nested.required ? { min_items: 1 } : {}),
      ...(nested.nesting === "one" ? { max_items: 1 } : {}),
    })),
  };
}

/**
 * The schema of the data source that mirrors a resource: everything computed, blocks as attributes,
 * apart from the arguments that say which object to read.
 */
export function mirrorForReading(block: BlockSchema, keys: Readonly<Record<string, string>>): BlockSchema {
  const attributes = Object.keys(block.attributes).map((name) => [name, `${typeWord(block, name)} computed`]);
  const blocks = blocksOf(block)
    .filter(([name]) => name !== "timeouts")
    .map(([name, nested]) => [name, `${listWord(nested)} computed`]);
  return { attributes: { ...Object.fromEntries([...attributes, ...blocks]), ...keys } };
}

function listWord(nested: NestedSchema): string {
  const fields = [
    ...Object.keys(nested.attributes).map((name) => `${name}:${typeWord(nested, name)}`),
    ...blocksOf(nested).map(([name, inner]) => `${name}:${listWord(inner)}`),
  ];
  return `${nested.nesting === "set" ? "set" : "list"}(object(${fields.join(",")}))`;
}

function typeWord(block: BlockSchema, name: string): string {
  return typeText(attributeSchema(block.attributes[name] ?? "string").type);
}

function typeText(type: TypeNotation): string {
  if (typeof type === "string") return type;
  if (type[0] !== "object") return `${type[0]}(${typeText(type[1])})`;
  return `object(${Object.entries(type[1])
    .map(([name, field]) => `${name}:${typeText(field)}`)
    .join(",")})`;
}
