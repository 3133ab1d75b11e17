import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import include from "../../schemas/include.schema.json" with { type: "json" };
import matrix from "../../schemas/matrix.schema.json" with { type: "json" };
import { validateMatrix } from "../../src/matrix/schema/generated/validators.js";
import { parseYaml } from "../../src/matrix/text/parse-yaml.ts";
import { sourceText } from "../../src/matrix/text/source-text.ts";

type Node = { readonly [key: string]: unknown };

const definitions: Readonly<Record<string, Node>> = matrix.$defs;

function target(node: Node): Node {
  const name = typeof node["$ref"] === "string" ? node["$ref"].replace("#/$defs/", "") : undefined;
  return name === undefined ? {} : (definitions[name] ?? {});
}

/** Every key that a person can write, by its place in the schema. */
function* keys(node: unknown, path: string): Iterable<readonly [string, Node]> {
  if (typeof node !== "object" || node === null) return;
  const { properties, ...others } = node as Node;
  for (const [key, child] of Object.entries((properties ?? {}) as Record<string, Node>)) {
    yield [`${path}/${key}`, child];
    yield* keys(child, `${path}/${key}`);
  }
  for (const [key, child] of Object.entries(others)) if (key !== "examples") yield* keys(child, `${path}/${key}`);
}

test("an editor can explain and complete every key: each has a description and an example", () => {
  const silent = [...keys(matrix, "")].filter(([, node]) => {
    const { description, examples } = { ...target(node), ...node };
    return typeof description !== "string" || !Array.isArray(examples) || examples.length === 0;
  });
  expect(silent.map(([path]) => path)).toEqual([]);
});

test("every example of the schema fits the schema", () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(matrix);
  const misfits = [...keys(matrix, "")].flatMap(([path, node]) => {
    const examples = (node["examples"] ?? target(node)["examples"] ?? []) as readonly unknown[];
    const pointer = path.replaceAll("/$defs", "#/$defs");
    const schema = { $ref: node["$ref"] ?? undefined, ...node, $defs: matrix.$defs };
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema)) as object);
    return examples
      .filter((example) => validate(example) !== true)
      .map((example) => `${pointer}: ${JSON.stringify(example)}`);
  });
  expect(misfits).toEqual([]);
});

test("the schema of included files takes what the root file takes, by reference", () => {
  const ajv = new Ajv({ strict: false, schemas: [matrix] });
  const validate = ajv.compile(include);
  expect(validate({ services: { billing: { owner: "team-payments" } }, trust: { "a -> billing": "Pays" } })).toBe(true);
  expect(validate({ owners: {} })).toBe(false);
  expect(validate({ services: { Billing: {} } })).toBe(false);
});

test("the compiled validators say what ajv says of the example and of a broken one", () => {
  const text = readFileSync(new URL("../../matrix.example.yaml", import.meta.url), "utf8");
  const { file } = parseYaml(sourceText("matrix.example.yaml", text));
  expect(validateMatrix(file?.data)).toBe(true);
  expect(validateMatrix({ version: 2, services: { a: { ingress: "some" } } })).toBe(false);
  const found = validateMatrix.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  expect(found).toEqual(["/version const", "/services/a/ingress enum"]);
});
