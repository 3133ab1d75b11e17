import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import { json } from "../../src/report/findings/json.ts";
import { cleanReport, plain, report } from "./fixture.ts";

const schemaFile = new URL("../../schemas/findings.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as AnySchemaObject;
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

describe("json", () => {
  test.each([
    ["findings", report],
    ["no findings", cleanReport],
    ["an unreadable matrix", { ...report, summary: undefined }],
  ])("%s are as the schema says", (_, of) => {
    validate(JSON.parse(json(of, plain)));
    expect(validate.errors).toBeNull();
  });

  test("the schema takes no other shape", () => {
    const { findings, ...rest } = JSON.parse(json(report, plain));
    const { help: _, ...withoutHelp } = findings[0];
    expect(validate(rest)).toBe(false);
    expect(validate({ ...rest, findings: [withoutHelp] })).toBe(false);
    expect(validate({ ...rest, findings: [{ ...findings[0], severity: "fatal" }] })).toBe(false);
  });

  test("the schema describes every key", () => {
    const undescribed: string[] = [];
    const visit = (node: AnySchemaObject, path: string): void => {
      for (const group of ["properties", "definitions"]) {
        for (const [key, child] of Object.entries<AnySchemaObject>(node[group] ?? {})) {
          if (typeof child["description"] !== "string") undescribed.push(`${path}/${key}`);
          visit(child, `${path}/${key}`);
        }
      }
    };
    visit(schema, "");
    expect(undescribed).toEqual([]);
  });

  test("summary holds the keys of the format and no others", () => {
    const summary = { edges: 1, environments: 2, services: 3, callers: 4, later: 5 };
    expect(JSON.stringify(JSON.parse(json({ ...report, summary }, plain)).summary)).toBe(
      '{"services":3,"callers":4,"edges":1,"environments":2}',
    );
  });
});
