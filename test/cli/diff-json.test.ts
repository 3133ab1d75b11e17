import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { beforeAll, expect, test } from "vitest";
import { type Ran, runMatrix, temporaryFolder } from "./test-io.ts";

const example = readFileSync(new URL("../../matrix.example.yaml", import.meta.url), "utf8");

const other =
  "version: 1\nenvironments: { dev: { project: boutique-dev, regions: [europe-west1] } }\nservices: { web: {} }\n";

let schema: object;

beforeAll(async () => {
  schema = JSON.parse((await runMatrix(["schema", "--of", "diff"], { cwd: "/" })).stdout);
});

async function diff(before: string, after: string, ...options: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "before.yaml"), before);
  writeFileSync(join(cwd, "after.yaml"), after);
  return runMatrix(["diff", "./before.yaml", "./after.yaml", "--format", "json", ...options], { cwd });
}

/** The example with some text replaced that it must hold. */
function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, example);
}

const edge = "trust:\n  emailservice -> ledger: { reason: Sends receipts, ticket: SEC-1, reviewed: 2026-11-20 }";

test.each([
  ["that stays", example, { changed: false, impact: "neutral" }],
  ["with an edge into what is sensitive", edited(["trust:", edge]), { changed: true, impact: "broadens" }],
  ["with a name and its edges renamed", example.replaceAll("adservice", "adverts"), { changed: true }],
  ["with a guardrail loosened", edited(["forbid-account-keys: true", "forbid-account-keys: false"]), { approvers: [] }],
  ["with nothing left", other, { changed: true, environments: ["dev", "prod", "staging"] }],
])("what diff says of the example %s follows the schema that matrix prints, both ways", async (_, after, said) => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const there: unknown = JSON.parse((await diff(example, after)).stdout);
  expect(validate(there) ? [] : validate.errors).toEqual([]);
  expect(there).toMatchObject(said);
  const back: unknown = JSON.parse((await diff(after, example)).stdout);
  expect(validate(back) ? [] : validate.errors).toEqual([]);
});

test("what text tells together, JSON lists apart, in the same bytes each time", async () => {
  const after = edited(["services:\n", "services:\n  reviews: { owner: team-web }\n"]);
  const { stdout } = await diff(example, after);
  expect((await diff(example, after)).stdout).toBe(stdout);
  const { changes } = JSON.parse(stdout);
  expect(changes).toMatchObject([
    { kind: "service-added", environment: "prod", after: { project: "boutique-prod" } },
    { kind: "service-added", environment: "staging", after: { project: "boutique-staging" } },
  ]);
});
