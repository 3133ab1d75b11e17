import type { AnySchemaObject } from "ajv";

/** Each key of a type, and whether it may be absent. */
export type Keys<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? "optional" : "required" };

type Shape = Readonly<Record<string, "required" | "optional">>;

/** The keys of every closed object of a schema, by the name of its definition; of the schema itself by the empty name. */
export function schemaShapes(schema: AnySchemaObject): Readonly<Record<string, Shape>> {
  const nodes = Object.entries<AnySchemaObject>({ "": schema, ...schema["definitions"] });
  return Object.fromEntries(
    nodes.filter(([, node]) => node["additionalProperties"] === false).map(([name, node]) => [name, shapeOf(node)]),
  );
}

function shapeOf(node: AnySchemaObject): Shape {
  const required: readonly string[] = node["required"] ?? [];
  return Object.fromEntries(
    Object.keys(node["properties"] ?? {}).map((key) => [key, required.includes(key) ? "required" : "optional"]),
  );
}

/** The keys and definitions of a schema that say nothing about themselves. */
export function undescribed(schema: AnySchemaObject): readonly string[] {
  const found: string[] = [];
  const visit = (node: AnySchemaObject, path: string): void => {
    for (const group of ["properties", "definitions"]) {
      for (const [key, child] of Object.entries<AnySchemaObject>(node[group] ?? {})) {
        if (typeof child["description"] !== "string") found.push(`${path}/${key}`);
        visit(child, `${path}/${key}`);
      }
    }
  };
  visit(schema, "");
  return found;
}
