import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import type { Hop, Path } from "../../../src/access/access.ts";
import type { AttributedGrant, FindingAttribution, GrantMaker } from "../../../src/drift/attribution.ts";
import type {
  AccessRow,
  DeclaredPath,
  DriftFinding,
  DriftReport,
  DriftSummary,
  SnapshotNote,
  UnreadEntry,
} from "../../../src/drift/drift-report.ts";
import { json } from "../../../src/report/drift/json.ts";
import { type Keys, schemaShapes, undescribed } from "../../schema-shapes.ts";
import { options, reportOf } from "./fixture.ts";
import { clean, except, incomplete, rich } from "./worlds.ts";

const schemaFile = new URL("../../../schemas/drift.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as AnySchemaObject;
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

const required = "required";

// A key that a type gains and the schema does not, or the other way round, fails to compile or fails here.
const shapes: Readonly<Record<string, Readonly<Record<string, "required" | "optional">>>> = {
  "": {
    ...({
      environment: required,
      asOf: required,
      complete: required,
      unread: required,
      summary: required,
      access: required,
      horizon: required,
      findings: required,
      matrix: required,
      snapshot: required,
      unexpanded: required,
      builtInRoles: required,
    } satisfies Keys<Omit<DriftReport, "running">>),
    schema: required,
    version: required,
  },
  unread: {
    what: required,
    resource: required,
    status: required,
    reason: required,
    services: required,
    accepted: required,
  } satisfies Keys<UnreadEntry>,
  summary: {
    services: required,
    callers: required,
    undeclared: required,
    findings: required,
    accepted: required,
    pending: required,
  } satisfies Keys<DriftSummary>,
  row: {
    service: required,
    name: required,
    region: required,
    project: required,
    principal: required,
    caller: required,
    declared: required,
    verdict: required,
    ring: required,
    managed: required,
    through: required,
    denyUnread: required,
    paths: required,
  } satisfies Keys<Omit<AccessRow, "resource">>,
  accessPath: {
    declared: required,
    managed: required,
    inherited: required,
    hops: required,
  } satisfies Keys<Omit<DeclaredPath, "standing" | "allow">>,
  path: { allow: required, managed: required, hops: required } satisfies Keys<Path>,
  hop: {
    kind: required,
    level: required,
    resource: required,
    role: required,
    member: required,
    condition: required,
  } satisfies Keys<Hop>,
  level: { resource: required, read: required, reason: required } satisfies Keys<DriftReport["horizon"][number]>,
  finding: {
    ...({
      rule: required,
      severity: required,
      confidence: required,
      service: required,
      services: required,
      principal: required,
      resource: required,
      role: required,
      message: required,
      fix: required,
      paths: required,
      fingerprint: required,
      accepted: required,
      pending: required,
      criteria: required,
      attribution: required,
    } satisfies Keys<Omit<DriftFinding, "span">>),
    docs: required,
    place: required,
  },
  attribution: { grants: required } satisfies Keys<FindingAttribution>,
  attributedGrant: {
    resource: required,
    role: required,
    member: required,
    condition: required,
    made: required,
    gaps: required,
  } satisfies Keys<AttributedGrant>,
  grantMaker: {
    at: required,
    principal: required,
    delegation: required,
    userAgent: required,
    isApplier: required,
    method: required,
    entry: required,
    isSure: required,
  } satisfies Keys<GrantMaker>,
  logEntry: { logName: required, timestamp: required, insertId: required } satisfies Keys<GrantMaker["entry"]>,
  place: { file: required, line: required, column: required, endLine: required, endColumn: required } satisfies Keys<
    NonNullable<DriftFinding["span"]>
  >,
  snapshot: {
    startedAt: required,
    finishedAt: required,
    reader: required,
    sha256: required,
    endpoints: required,
  } satisfies Keys<SnapshotNote>,
  builtInRole: { role: required, date: required } satisfies Keys<DriftReport["builtInRoles"][number]>,
};

describe("json", () => {
  test.each(
    Object.entries({ rich, clean, incomplete, except, "nothing at all": reportOf({ access: [], horizon: [] }) }),
  )("%s is as the schema says", (_, report) => {
    validate(JSON.parse(json(report, options)));
    expect(validate.errors).toBeNull();
  });

  test("the keys of the schema are those of the types", () => {
    expect(schemaShapes(schema)).toEqual(shapes);
  });

  test("the schema describes every key", () => {
    expect(undescribed(schema)).toEqual([]);
  });

  test("the schema takes no other shape", () => {
    const output = JSON.parse(json(rich, options));
    const { unread: _, ...withoutUnread } = output;
    expect(validate(withoutUnread)).toBe(false);
    expect(validate({ ...output, drift: false })).toBe(false);
    expect(validate({ ...output, findings: [{ ...output.findings[0], severity: "fatal" }] })).toBe(false);
    expect(validate({ ...output, access: [{ ...output.access[0], verdict: "maybe" }] })).toBe(false);
  });

  test("keys come in the order that was published", () => {
    const { access, findings, ...rest } = JSON.parse(json(rich, options));
    expect(Object.keys(rest).slice(0, 7)).toEqual([
      "schema",
      "environment",
      "asOf",
      "complete",
      "unread",
      "summary",
      "horizon",
    ]);
    expect(Object.keys(access[0]).slice(0, 11)).toEqual([
      "service",
      "name",
      "region",
      "project",
      "principal",
      "caller",
      "declared",
      "verdict",
      "ring",
      "managed",
      "paths",
    ]);
    expect(Object.keys(access[0].paths[0])).toEqual(["declared", "managed", "hops", "inherited"]);
    expect(Object.keys(access[0].paths[0].hops[0])).toEqual([
      "kind",
      "level",
      "resource",
      "role",
      "member",
      "condition",
    ]);
    expect(Object.keys(findings[0]).slice(0, 12)).toEqual([
      "rule",
      "severity",
      "confidence",
      "service",
      "services",
      "principal",
      "message",
      "fix",
      "paths",
      "fingerprint",
      "accepted",
      "pending",
    ]);
  });

  test("holds the keys of the format and no others", () => {
    const extra = { ...rich, later: 1, findings: rich.findings.map((each) => ({ ...each, later: 1 })) };
    expect(json(extra, options)).toBe(json(rich, options));
  });
});
