import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { adoptReport } from "../../src/adopt/adopt-report.ts";
import { nothingElsewhere } from "../../src/adopt/elsewhere.ts";
import { adoptFormats } from "../../src/report/adopt/formats.ts";
import { schemaShapes, undescribed } from "../schema-shapes.ts";
import { adopt } from "./adopt-of.ts";
import { fleet, hostileExtras } from "./fleet.ts";

const schema = JSON.parse(readFileSync(new URL("../../schemas/adopt.schema.json", import.meta.url), "utf8")) as object;
const isRight = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

test("JSON follows the schema, every key of which says what it is and is always there", () => {
  expect(undescribed(schema)).toEqual([]);
  const optional = Object.values(schemaShapes(schema)).filter((shape) => Object.values(shape).includes("optional"));
  expect(optional).toEqual([]);
  const { adoption } = adopt(fleet({ seed: 7, services: 12, hostile: hostileExtras }));
  const files = [{ file: "matrix.yaml", changed: true }];
  const report = adoptReport(adoption, { states: [], elsewhere: nothingElsewhere, errors: 0, written: true, files });
  expect(isRight(JSON.parse(adoptFormats.json(report, {}))), JSON.stringify(isRight.errors)).toBe(true);
  expect(report.observed.length * report.unread.length).toBeGreaterThan(0);
});
