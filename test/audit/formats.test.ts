import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import { changesFormats } from "../../src/report/changes/formats.ts";
import { hiddenCharacter } from "../../src/report/hidden-characters.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { schemaShapes, undescribed } from "../schema-shapes.ts";
import { historyOf, LEDGER, reportOf, set } from "./report-of.ts";

const INVOKER = "roles/run.invoker";
const until = matrix(`
services:
  checkout: {}
  billing: {}
trust: { checkout -> billing: { reason: Charges cards, expires: 2026-10-15 } }
`);

describe("formats", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../schemas/changes.schema.json", import.meta.url), "utf8"),
  ) as AnySchemaObject;
  const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
  const options = { color: false, width: 100, quiet: false, version: "0.0.0" };
  /** What a log can say at worst. */
  const hostile = '\u001b[31m"red"\u202e $(x) `id` ##[error] ::error:: \u2028 <b> =cmd()';
  const history = historyOf([{ at: "2026-09-01", text: until }]);
  const report = reportOf(
    [
      set("2026-10-05T00:00:00Z", [["ADD", hostile, `user:${hostile}`]], {
        by: hostile,
        more: {
          requestMetadata: { callerSuppliedUserAgent: hostile },
          request: { secret: "hunter2", policy: { note: "hunter2" } },
        },
      }),
      { ...set("2026-10-06T00:00:00Z", []), protoPayload: { serviceName: "run.googleapis.com", methodName: hostile } },
      {
        ...set("2026-10-07T00:00:00Z", []),
        protoPayload: {
          serviceName: "iam.googleapis.com",
          methodName: "google.iam.admin.v1.UpdateRole",
          resourceName: hostile,
        },
      },
      {
        ...set("2026-10-08T00:00:00Z", []),
        protoPayload: {
          serviceName: "run.googleapis.com",
          methodName: "google.cloud.run.v2.Services.CreateService",
          resourceName: LEDGER,
          request: {
            service: {
              ingress: "INGRESS_TRAFFIC_ALL",
              template: { serviceAccount: hostile, containers: [{ env: [{ value: "hunter2" }] }] },
            },
          },
        },
      },
    ],
    {
      history,
      gaps: [{ kind: "level-not-read", resource: hostile, from: null, to: null, message: hostile, help: hostile }],
    },
  );

  test("JSON follows the schema, every key of which says what it is and is always there", () => {
    expect(undescribed(schema)).toEqual([]);
    const optional = Object.entries(schemaShapes(schema)).filter(([, shape]) =>
      Object.values(shape).includes("optional"),
    );
    expect(optional).toEqual([]);
    expect([report.changes.length, report.settings.length > 1, report.others.length, report.expiries.length]).toEqual([
      1,
      true,
      1,
      1,
    ]);
    expect(validate(JSON.parse(changesFormats.json(report, options))), JSON.stringify(validate.errors)).toBe(true);
  });

  test("nothing that a terminal, a log or a spreadsheet obeys comes out, and nothing of a request", () => {
    for (const quiet of [false, true])
      for (const [name, format] of Object.entries(changesFormats)) {
        const text = format(report, { ...options, quiet });
        expect(text.replaceAll(/[\r\n]/g, "").match(hiddenCharacter), name).toBeNull();
        expect(text, name).not.toMatch(/^\s*::|^##\[|hunter2/m);
      }
    expect(changesFormats.markdown(report, options)).not.toContain("<b>");
    expect(changesFormats.csv(report, options)).not.toMatch(/(?:^|,)"?=/m);
  });

  test("the same log gives the same bytes, whatever its order", () => {
    const entries = [5, 6, 7].map((day) =>
      set(`2026-10-0${day}T00:00:00Z`, [["ADD", INVOKER, `user:u${day}@acme.example`]]),
    );
    const [one, other] = [entries, [...entries].reverse()].map((each) =>
      changesFormats.json(reportOf(each, { history }), options),
    );
    expect(other).toBe(one);
  });
});
