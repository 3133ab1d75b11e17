import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import { changeKinds } from "../../../src/diff/change-kind.ts";
import {
  type ApprovalReason,
  approvalReasons,
  type Approver,
  type Change,
  type DiffFinding,
  type DiffReport,
  type DiffSide,
  impacts,
  type Reach,
  type ReachPair,
} from "../../../src/diff/diff-report.ts";
import { diffRuleIdList } from "../../../src/diff/diff-rule-ids.ts";
import { severities } from "../../../src/finding/severity.ts";
import type { Span } from "../../../src/matrix/text/source-text.ts";
import { json } from "../../../src/report/diff/json.ts";
import { type Keys, schemaShapes, undescribed } from "../../schema-shapes.ts";
import { approverOf, findingOf, options, reportOf } from "./report-of.ts";
import { scenes } from "./scenes.ts";

const schemaFile = new URL("../../../schemas/diff.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as AnySchemaObject;
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

const required = "required";

// A key that a type gains and the schema does not, or the other way round, fails to compile or fails here.
const shapes: Readonly<Record<string, Readonly<Record<string, "required" | "optional">>>> = {
  "": {
    ...({
      changed: required,
      impact: required,
      base: required,
      head: required,
      asOf: required,
      changes: required,
      findings: required,
      reach: required,
      approvers: required,
      environments: required,
    } satisfies Keys<DiffReport>),
    schema: required,
    version: required,
  },
  side: { name: required, commit: required, isPresent: required } satisfies Keys<DiffSide>,
  change: {
    ...({
      kind: required,
      subject: required,
      environments: required,
      from: required,
      to: required,
      before: required,
      after: required,
      impact: required,
      rules: required,
      fingerprint: required,
    } satisfies Keys<Omit<Change, "span" | "baseSpan" | "usual">>),
    environment: required,
    place: required,
    basePlace: required,
  },
  finding: {
    ...({
      rule: required,
      severity: required,
      message: required,
      help: required,
      environments: required,
      subject: required,
      path: required,
      matrixRule: required,
      count: required,
      changes: required,
      fingerprint: required,
    } satisfies Keys<Required<Omit<DiffFinding, "span">>>),
    docs: required,
    place: required,
  },
  reach: { gained: required, lost: required, gainedTotal: required, lostTotal: required } satisfies Keys<Reach>,
  pair: {
    environment: required,
    from: required,
    to: required,
    path: required,
    sensitive: required,
  } satisfies Keys<ReachPair>,
  approver: {
    owner: required,
    unowned: required,
    github: required,
    reasons: required,
    changes: required,
  } satisfies Keys<Required<Approver>>,
  place: {
    file: required,
    line: required,
    column: required,
    endLine: required,
    endColumn: required,
  } satisfies Keys<Span>,
};

describe("json", () => {
  test.each(Object.entries(scenes))("%s is as the schema says", (_, report) => {
    validate(JSON.parse(json(report, options)));
    expect(validate.errors).toBeNull();
  });

  test("the keys of the schema are those of the types, and each is described", () => {
    expect(schemaShapes(schema)).toEqual(shapes);
    expect(undescribed(schema)).toEqual([]);
  });

  test("the lists of the schema are those of the program", () => {
    const { change, finding, approver } = schema["definitions"];
    const reasons: readonly ApprovalReason[] = approver.properties.reasons.items.enum;
    expect(change.properties.kind.enum).toEqual(Object.keys(changeKinds));
    expect(change.properties.rules.items.enum).toEqual(diffRuleIdList);
    expect(change.properties.impact.enum).toEqual(impacts);
    expect(finding.properties.rule.enum).toEqual(diffRuleIdList);
    expect(finding.properties.severity.enum).toEqual(severities);
    expect(reasons).toEqual(approvalReasons);
    expect(schema["properties"].impact.enum).toEqual(impacts);
  });

  test("the schema takes no other shape", () => {
    const output = JSON.parse(json(scenes["pci"] ?? reportOf({}), options));
    const { reach: _, ...withoutReach } = output;
    expect(validate(output)).toBe(true);
    expect(validate(withoutReach)).toBe(false);
    expect(validate({ ...output, drift: false })).toBe(false);
    expect(validate({ ...output, impact: "widens" })).toBe(false);
    expect(validate({ ...output, changes: [{ ...output.changes[0], kind: "edge-moved" }] })).toBe(false);
  });

  test("an empty diff holds every key", () => {
    expect(JSON.parse(json(reportOf({}), options))).toMatchObject({
      schema: "matrix/diff/v1",
      changed: false,
      impact: "neutral",
      changes: [],
      findings: [],
      reach: { gained: [], lost: [], gainedTotal: 0, lostTotal: 0 },
      approvers: [],
    });
  });

  test("what only some findings and approvers have is null in the others", () => {
    const report = reportOf({
      findings: [findingOf({ matrixRule: "pci", count: 7 }), findingOf({})],
      approvers: [approverOf(null, { unowned: ["gateway"] }), approverOf("mail")],
    });
    const output = JSON.parse(json(report, options));
    expect(validate(output)).toBe(true);
    expect(output.findings).toMatchObject([
      { matrixRule: "pci", count: 7 },
      { matrixRule: null, count: null },
    ]);
    expect(output.approvers).toMatchObject([
      { owner: null, unowned: ["gateway"] },
      { owner: "mail", unowned: null },
    ]);
  });

  test("environment is the only one; of several it is null", () => {
    const environmentOf = (name: string): readonly unknown[] =>
      JSON.parse(json(scenes[name] ?? reportOf({}), options)).changes.map(
        (change: { readonly environment: unknown }) => change.environment,
      );
    expect(environmentOf("pci")).toEqual(["prod"]);
    expect(environmentOf("public")).toEqual([null, null]);
    expect(environmentOf("rule")).toEqual([null]);
  });

  test("keys come in the order that was published, and there are no others", () => {
    const report = scenes["pci"] ?? reportOf({});
    const output = JSON.parse(json(report, options));
    expect(Object.keys(output)).toEqual(Object.keys(schema["properties"]));
    for (const [name, part] of [
      ["change", output.changes[0]],
      ["finding", output.findings[0]],
      ["pair", output.reach.gained[0]],
      ["approver", output.approvers[0]],
    ])
      expect(Object.keys(part)).toEqual(Object.keys(schema["definitions"][name].properties));
    const extra = { ...report, later: 1, changes: report.changes.map((each) => ({ ...each, later: 1 })) };
    expect(json(extra, options)).toBe(json(report, options));
  });
});
